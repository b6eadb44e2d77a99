import { setTimeout as pause } from 'node:timers/promises';
import { limits } from '../../config/limits.ts';
import type { StoreLocation } from '../../config/store-location.ts';
import type { ReapRequest, Store } from '../store.ts';
import type { Connection } from './connection/connection.ts';
import { openConnection } from './connection/open-connection.ts';
import { type Settings, toSettings } from './connection/settings.ts';
import { Notifications } from './notifications.ts';
import { approvalStatements, PostgresApprovalStore } from './postgres-approval-store.ts';
import { PostgresChatCompletionStore } from './postgres-chat-completion-store.ts';
import { PostgresConversationStore } from './postgres-conversation-store.ts';
import { idempotencyStatements, PostgresIdempotencyStore } from './postgres-idempotency-store.ts';
import { leaseStatements, PostgresLeaseStore } from './postgres-lease-store.ts';
import { loadStatements, PostgresLoadStore } from './postgres-load-store.ts';
import { PostgresResponseStore } from './postgres-response-store.ts';
import { PostgresRunRecordStore } from './postgres-run-record-store.ts';
import { PostgresRunStore } from './postgres-run-store.ts';
import { PostgresUsageStore, usageStatements } from './postgres-usage-store.ts';
import { PostgresWebhookStore, webhookStatements } from './postgres-webhook-store.ts';
import { createSecrets } from './secrets.ts';
import { chatCompletionStatements } from './statements/chat-completion-statements.ts';
import { conversationStatements } from './statements/conversation-statements.ts';
import { nameStatements } from './statements/name-statements.ts';
import { responseStatements } from './statements/response-statements.ts';
import { runRecordStatements } from './statements/run-record-statements.ts';
import { runStatements } from './statements/run-statements.ts';

export type PostgresStoreOptions = Omit<Extract<StoreLocation, { kind: 'postgres' }>, 'kind'>;

const { check, storedBytes } = nameStatements('store', {
  check: 'UPDATE checks SET count = count + 1',
  /** `octet_length` does not read the bodies. */
  storedBytes: `
    SELECT (
      coalesce((SELECT sum(octet_length(body)) FROM items WHERE tenant = $1), 0)
      + coalesce((
          SELECT sum(octet_length(body) + coalesce(octet_length(system) + octet_length(messages), 0))
          FROM responses JOIN resources ON response_key = key WHERE tenant = $1
        ), 0)
      + coalesce((SELECT sum(octet_length(metadata)) FROM conversations WHERE tenant = $1), 0)
      + coalesce((SELECT sum(octet_length(body)) FROM conversation_items WHERE tenant = $1), 0)
      + coalesce((
          SELECT sum(octet_length(metadata) + octet_length(resource) + octet_length(messages))
          FROM chat_completions JOIN chat_completion_contents ON completion_key = key WHERE tenant = $1
        ), 0)
      + coalesce((SELECT sum(octet_length(body)) FROM runs JOIN run_requests ON run_key = key WHERE tenant = $1), 0)
      + coalesce((SELECT sum(octet_length(bodies)) FROM runs JOIN run_events ON run_key = key WHERE tenant = $1), 0)
      + coalesce((
          SELECT sum(octet_length(bodies)) FROM runs JOIN run_steps ON run_key = runs.key WHERE tenant = $1
        ), 0)
      + coalesce((
          SELECT sum(octet_length(coalesce(state, '')) + octet_length(coalesce(reason, '')))
          FROM approvals WHERE tenant = $1
        ), 0)
    ) AS bytes`,
});

/** Opens a database and creates or upgrades its tables. Rejects with an `Error` for the operator. */
export async function openPostgresStore({ url, maxResponses }: PostgresStoreOptions): Promise<Store> {
  const settings = toSettings(url);
  const connection = await openConnection(settings);
  const notifications = new Notifications(connection, settings);
  const responses = new PostgresResponseStore({ connection, notifications, maximum: maxResponses });
  const webhooks = new PostgresWebhookStore(connection);
  const runs = new PostgresRunStore({ connection, notifications, responses, webhooks });
  return {
    responses,
    conversations: new PostgresConversationStore(connection, maxResponses),
    chatCompletions: new PostgresChatCompletionStore(connection, maxResponses),
    runs,
    leases: new PostgresLeaseStore(connection),
    idempotency: new PostgresIdempotencyStore(connection),
    approvals: new PostgresApprovalStore(connection, webhooks),
    usage: new PostgresUsageStore(connection),
    webhooks,
    runRecords: new PostgresRunRecordStore(connection),
    load: new PostgresLoadStore(connection),
    secret: createSecrets(connection),
    backlog() {
      const { waiting, ...connections } = connection.backlog();
      return { ...connections, waiting: waiting + runs.waiting };
    },
    reap(request) {
      responses.expire();
      return reap(connection, request);
    },
    async storedBytes(tenant) {
      const row = await connection.row<{ bytes: number }>(storedBytes, [tenant]);
      return row?.bytes ?? 0;
    },
    async check() {
      await connection.rows(check);
    },
    [Symbol.asyncDispose]: () => close(settings, [connection, notifications]),
  };
}

/** Uses one transaction for each kind, so locks are held briefly. */
async function reap(
  connection: Connection,
  { now, logsBefore, recordsBefore = 0, limit }: ReapRequest,
): Promise<number> {
  await connection.rows(leaseStatements.reap);
  let removed = 0;
  for (const { reap } of [
    responseStatements,
    conversationStatements,
    chatCompletionStatements,
    idempotencyStatements,
    approvalStatements,
    usageStatements,
    webhookStatements,
  ]) {
    removed += (await connection.row<{ count: number }>(reap, [now, limit]))?.count ?? 0;
  }
  const many = limit * limits.smallRowsReaped;
  for (const [statement, before, most] of [
    [runStatements.reap, logsBefore, limit],
    [runRecordStatements.reap, recordsBefore * 1000, many],
    [loadStatements.reap, now - limits.loadSeconds, many],
  ] as const) {
    removed += (await connection.row<{ count: number }>(statement, [before, most]))?.count ?? 0;
  }
  return removed;
}

/** Closes gracefully within `limits.postgresCloseMs`, then destroys all sockets. */
async function close({ sockets }: Settings, parts: { close(): Promise<void> }[]): Promise<void> {
  const timer = new AbortController();
  const closed = Promise.allSettled(parts.map((part) => part.close()));
  const timeout = pause(limits.postgresCloseMs, undefined, { signal: timer.signal }).catch(() => {});
  await Promise.race([closed, timeout]);
  timer.abort();
  for (const socket of sockets) socket.destroy();
}
