import { limits } from '../../config/limits.ts';
import { createClosedError } from '../closed-error.ts';
import type { Store } from '../store.ts';
import { MemoryResponseStore } from './memory-response-store.ts';

export interface MemoryStoreOptions {
  /** Visible responses kept, at least 1. Absent: `limits.memoryResponses`. */
  maxResponses?: number;
}

export interface MemoryStore extends Store {
  readonly responses: MemoryResponseStore;
}

/** A store that is gone with the process. Its size is bounded by count, because memory is finite. */
export function createMemoryStore(options: MemoryStoreOptions = {}): MemoryStore {
  const responses = new MemoryResponseStore(options.maxResponses ?? limits.memoryResponses);
  return {
    responses,
    async check() {
      if (responses.closed) throw createClosedError();
    },
    async [Symbol.asyncDispose]() {
      responses.close();
    },
  };
}
