import type { WebhookEndpoint } from '../../src/config/webhooks/webhook-config.ts';
import { webhookEvents } from '../../src/config/webhooks/webhook-config.ts';
import { createItemId, createResponseId } from '../../src/ids.ts';
import type { Store } from '../../src/store/store.ts';
import { Announcer } from '../../src/webhooks/announcer.ts';
import { WebhookSender } from '../../src/webhooks/webhook-sender.ts';
import { secret } from '../helpers/webhook-receiver.ts';

export interface LogLine {
  level: 'info' | 'warn' | 'error';
  message: string;
  fields: Record<string, unknown>;
}

export interface TestSender extends AsyncDisposable {
  /** What was logged. */
  log: LogLine[];
  /** Announces approvals, and stores their webhooks. */
  announce(count?: number): Promise<void>;
}

export const toEndpoint = (url: string, fields: Partial<WebhookEndpoint> = {}): WebhookEndpoint => ({
  url,
  keys: [Buffer.from(secret.replace('whsec_', ''), 'base64')],
  events: new Set(webhookEvents),
  tenants: undefined,
  allowsPrivate: true,
  timeoutMs: 5000,
  ...fields,
});

/** Starts a sender that looks for due webhooks often. `clock`: Unix milliseconds, which a test may advance. */
export function startSender(
  store: Store,
  endpoints: Record<string, WebhookEndpoint>,
  clock = { now: Date.now() },
): TestSender {
  const lines: LogLine[] = [];
  const write = (level: LogLine['level']) => (fields: object, message: string) => {
    lines.push({ level, message, fields: { ...fields } });
  };
  const log = { info: write('info'), warn: write('warn'), error: write('error') } as never;
  const [map, now] = [new Map(Object.entries(endpoints)), () => clock.now];
  const announcer = new Announcer(map, now);
  const sender = new WebhookSender({ endpoints: map, store: store.webhooks, log, version: '1', now, pollMs: 10 });
  sender.start();
  return {
    log: lines,
    async announce(count = 1) {
      for (let index = 0; index < count; index++) {
        const asked = { tenant: 'default', id: createItemId('mcpr'), runId: createResponseId(), expiresAt: 9e9 };
        const webhooks = announcer.approvalRequested({ ...asked, server: 'files', tool: 'write_file' });
        await store.approvals.ask({ ...asked, hash: 'h', createdAt: 0 }, webhooks);
      }
    },
    [Symbol.asyncDispose]: () => sender[Symbol.asyncDispose](),
  };
}
