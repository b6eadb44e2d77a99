import { randomBytes } from 'node:crypto';
import { limits } from '../../config/limits.ts';
import type { Store } from '../store.ts';
import { Lifetime } from './lifetime.ts';
import { MemoryChatCompletionStore } from './memory-chat-completion-store.ts';
import { MemoryConversationStore } from './memory-conversation-store.ts';
import { MemoryResponseStore } from './memory-response-store.ts';

export interface MemoryStoreOptions {
  /** Visible responses kept, and as many conversations and chat completions; at least 1. Absent: `limits.memoryResponses`. */
  maxResponses?: number;
}

export interface MemoryStore extends Store {
  readonly responses: MemoryResponseStore;
  readonly conversations: MemoryConversationStore;
}

/** A store that is gone with the process. Its size is bounded by count, because memory is finite. */
export function createMemoryStore({ maxResponses = limits.memoryResponses }: MemoryStoreOptions = {}): MemoryStore {
  const lifetime = new Lifetime();
  const conversations = new MemoryConversationStore(maxResponses, lifetime);
  const responses = new MemoryResponseStore(maxResponses, { lifetime, conversations });
  const chatCompletions = new MemoryChatCompletionStore(maxResponses, lifetime);
  const secrets = new Map<string, Buffer>();
  return {
    responses,
    conversations,
    chatCompletions,
    async secret(name) {
      lifetime.assertOpen();
      const secret = secrets.get(name) ?? randomBytes(32);
      secrets.set(name, secret);
      return Buffer.from(secret);
    },
    async check() {
      lifetime.assertOpen();
    },
    async [Symbol.asyncDispose]() {
      lifetime.close();
      for (const part of [responses, conversations, chatCompletions, secrets]) part.clear();
    },
  };
}
