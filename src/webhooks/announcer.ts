import { limits } from '../config/limits.ts';
import type { WebhookEndpoint, WebhookEventType } from '../config/webhooks/webhook-config.ts';
import type { Schemas } from '../contract/types.ts';
import { createEventId, createWebhookId } from '../ids.ts';
import type { AskedApproval } from '../runs/approvals.ts';
import type { NewWebhook } from '../store/webhook-store.ts';

type Endpoints = ReadonlyMap<string, WebhookEndpoint>;

/** Creates the webhooks that announce events. They are stored with their event. */
export class Announcer {
  readonly #endpoints: Endpoints;
  readonly #now: () => number;

  /** `now`: Unix milliseconds. */
  constructor(endpoints: Endpoints, now: () => number) {
    this.#endpoints = endpoints;
    this.#now = now;
  }

  /** Announces the end of a response. As at OpenAI, only that of a background response. */
  responseEnded(tenant: string, { id, status, background }: Schemas['ResponseResource']): NewWebhook[] {
    if (!background || status === 'queued' || status === 'in_progress') return [];
    return this.#announce(tenant, `response.${status}`, { id });
  }

  /** Announces an approval, without the arguments of its call: they are content. */
  approvalRequested({ tenant, id, runId, server, tool, expiresAt }: AskedApproval): NewWebhook[] {
    const data: Schemas['ApprovalWebhookData'] = {
      id,
      response_id: runId,
      server_label: server,
      name: tool,
      expires_at: expiresAt,
    };
    return this.#announce(tenant, 'approval.requested', data);
  }

  #announce(tenant: string, type: WebhookEventType, data: object): NewWebhook[] {
    const receivers = [...this.#endpoints].filter(
      ([, { events, tenants }]) => events.has(type) && (tenants?.includes(tenant) ?? true),
    );
    if (receivers.length === 0) return [];
    const now = this.#now();
    const seconds = Math.floor(now / 1000);
    const body = JSON.stringify({ id: createEventId(), object: 'event', created_at: seconds, type, data });
    const due = { body, dueAt: now, expiresAt: seconds + limits.webhookSeconds };
    return receivers.map(([endpoint]) => ({ id: createWebhookId(), endpoint, ...due }));
  }
}
