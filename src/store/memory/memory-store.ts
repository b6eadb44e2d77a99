import { randomBytes } from 'node:crypto';
import { limits } from '../../config/limits.ts';
import { RunWatchers } from '../shared/run-watchers.ts';
import type { Store } from '../store.ts';
import { ByteBudget } from './bounds/byte-budget.ts';
import { Lifetime } from './lifetime.ts';
import { MemoryApprovalStore } from './memory-approval-store.ts';
import { MemoryChatCompletionStore } from './memory-chat-completion-store.ts';
import { MemoryConversationStore } from './memory-conversation-store.ts';
import { MemoryIdempotencyStore } from './memory-idempotency-store.ts';
import { MemoryLeaseStore } from './memory-lease-store.ts';
import { MemoryLoadStore } from './memory-load-store.ts';
import { MemoryResponseStore } from './memory-response-store.ts';
import { MemoryRunRecordStore } from './memory-run-record-store.ts';
import { MemoryRunStore } from './memory-run-store.ts';
import { MemoryUsageStore } from './memory-usage-store.ts';
import { MemoryWebhookStore } from './memory-webhook-store.ts';
import { RunTable } from './run-table.ts';

export interface MemoryStoreOptions {
  /**
   * The most visible responses, the most conversations and the most chat completions; at least 1. Omitted:
   * `limits.memoryResponses`.
   */
  maxResponses?: number;
  /** The most bytes of JSON in total. Omitted: `limits.memoryBytes`. */
  maxBytes?: number;
}

export interface MemoryStore extends Store {
  readonly responses: MemoryResponseStore;
  readonly conversations: MemoryConversationStore;
}

/**
 * Creates a store in the memory of this process. It is bounded by count and by bytes: the least recently used entries
 * are evicted. A write is refused with `store_unavailable` when it would fit only by evicting running runs or its own
 * parent.
 */
export function createMemoryStore({
  maxResponses = limits.memoryResponses,
  maxBytes = limits.memoryBytes,
}: MemoryStoreOptions = {}): MemoryStore {
  const lifetime = new Lifetime();
  const parts = createParts(maxResponses, maxBytes, lifetime);
  const { cleared, reaped, measured, ...stores } = parts;
  const secrets = new Map<string, Buffer>();
  return {
    ...stores,
    async secret(name) {
      lifetime.assertOpen();
      const secret = secrets.get(name) ?? randomBytes(32);
      secrets.set(name, secret);
      return Buffer.from(secret);
    },
    async reap(request) {
      lifetime.assertOpen();
      stores.leases.reap();
      return reaped.reduce((sum, part) => sum + part.reap(request), 0);
    },
    async storedBytes(tenant) {
      lifetime.assertOpen();
      return measured.reduce((sum, part) => sum + part.bytesOf(tenant), 0);
    },
    async check() {
      lifetime.assertOpen();
    },
    backlog: () => ({ waiting: 0 }),
    async [Symbol.asyncDispose]() {
      lifetime.close();
      for (const part of [...cleared, secrets]) part.clear();
    },
  };
}

function createParts(maximum: number, maxBytes: number, lifetime: Lifetime) {
  const budget = new ByteBudget(maxBytes);
  const watchers = new RunWatchers();
  const leases = new MemoryLeaseStore(lifetime);
  const idempotency = new MemoryIdempotencyStore(lifetime, leases);
  const webhooks = new MemoryWebhookStore(lifetime, budget);
  const approvals = new MemoryApprovalStore(lifetime, budget, webhooks);
  const table = new RunTable({
    onRemove(tenant, id) {
      idempotency.removeOf(tenant, id);
      // Watchers then read that the run is unknown.
      watchers.notify(id);
    },
    onHide: (tenant, id) => approvals.removeOf(tenant, id),
  });
  const conversations = new MemoryConversationStore(maximum, lifetime, budget);
  const responses = new MemoryResponseStore(maximum, { lifetime, conversations, runs: table, budget });
  const chatCompletions = new MemoryChatCompletionStore(maximum, lifetime, budget);
  const runs = new MemoryRunStore({ lifetime, table, watchers, responses, leases, idempotency, webhooks, budget });
  const usage = new MemoryUsageStore(lifetime);
  budget.add(responses, runs, conversations, chatCompletions, approvals, webhooks);
  const runRecords = new MemoryRunRecordStore({ lifetime, leases, approvals });
  const load = new MemoryLoadStore(lifetime);
  const owned = {
    responses,
    conversations,
    chatCompletions,
    idempotency,
    approvals,
    usage,
    webhooks,
    runRecords,
    load,
  };
  const stores = { ...owned, leases, runs };
  const cleared = [...Object.values(owned), leases, table, watchers];
  const reaped = [...Object.values(owned), runs];
  const measured = [responses, conversations, chatCompletions, table, approvals];
  return { ...stores, cleared, reaped, measured };
}
