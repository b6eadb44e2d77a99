import { randomBytes } from 'node:crypto';
import { limits } from '../../config/limits.ts';
import { RunWatchers } from '../shared/run-watchers.ts';
import type { Store } from '../store.ts';
import { ByteBudget } from './bounds/byte-budget.ts';
import { Lifetime } from './lifetime.ts';
import { MemoryChatCompletionStore } from './memory-chat-completion-store.ts';
import { MemoryConversationStore } from './memory-conversation-store.ts';
import { MemoryIdempotencyStore } from './memory-idempotency-store.ts';
import { MemoryLeaseStore } from './memory-lease-store.ts';
import { MemoryResponseStore } from './memory-response-store.ts';
import { MemoryRunStore } from './memory-run-store.ts';
import { RunTable } from './run-table.ts';

export interface MemoryStoreOptions {
  /** Visible responses kept, and as many conversations and chat completions; at least 1. Absent: `limits.memoryResponses`. */
  maxResponses?: number;
  /** Of JSON, everything counted together. Absent: `limits.memoryBytes`. */
  maxBytes?: number;
}

export interface MemoryStore extends Store {
  readonly responses: MemoryResponseStore;
  readonly conversations: MemoryConversationStore;
}

/**
 * A store that is gone with the process. Bounded by count and by bytes, because memory is finite: the least recently used
 * goes. What fits only if something goes that may not (running runs, what the new response continues) is refused with
 * `store_unavailable`.
 */
export function createMemoryStore({
  maxResponses = limits.memoryResponses,
  maxBytes = limits.memoryBytes,
}: MemoryStoreOptions = {}): MemoryStore {
  const lifetime = new Lifetime();
  const parts = createParts(maxResponses, maxBytes, lifetime);
  const { responses, conversations, chatCompletions, runs, leases, idempotency, table, cleared } = parts;
  const secrets = new Map<string, Buffer>();
  return {
    ...{ responses, conversations, chatCompletions, runs, leases, idempotency },
    async secret(name) {
      lifetime.assertOpen();
      const secret = secrets.get(name) ?? randomBytes(32);
      secrets.set(name, secret);
      return Buffer.from(secret);
    },
    async reap(request) {
      lifetime.assertOpen();
      leases.reap();
      const counts = [responses, conversations, chatCompletions, idempotency, runs].map((part) => part.reap(request));
      return counts.reduce((sum, count) => sum + count);
    },
    async storedBytes(tenant) {
      lifetime.assertOpen();
      return [responses, conversations, chatCompletions, table].reduce((sum, part) => sum + part.bytesOf(tenant), 0);
    },
    async check() {
      lifetime.assertOpen();
    },
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
  const table = new RunTable((tenant, id) => {
    idempotency.removeOf(tenant, id);
    // Whoever watches reads next that there is no such run.
    watchers.notify(id);
  });
  const conversations = new MemoryConversationStore(maximum, lifetime, budget);
  const responses = new MemoryResponseStore(maximum, { lifetime, conversations, runs: table, budget });
  const chatCompletions = new MemoryChatCompletionStore(maximum, lifetime, budget);
  const runs = new MemoryRunStore({ lifetime, table, watchers, responses, leases, idempotency, budget });
  budget.add(responses, runs, conversations, chatCompletions);
  const cleared = [responses, conversations, chatCompletions, leases, idempotency, table, watchers];
  return { conversations, responses, chatCompletions, leases, idempotency, runs, table, cleared };
}
