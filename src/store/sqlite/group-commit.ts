import { ApiError } from '../../errors/api-error.ts';
import type { Transaction } from './transaction.ts';

interface Waiting {
  write(): void;
  resolve(): void;
  reject(reason: unknown): void;
}

/**
 * Gives writes that are asked for in one turn of the event loop one transaction: under load a commit of its own costs
 * each of them more than all that it writes.
 */
export class GroupCommit {
  readonly #transaction: Transaction;
  #waiting: Waiting[] = [];

  constructor(transaction: Transaction) {
    this.#transaction = transaction;
  }

  /** Resolves once what was written is committed; rejects, with nothing of it written, with what the write threw. */
  add(write: () => void): Promise<void> {
    if (this.#waiting.length === 0) setImmediate(() => this.flush());
    return new Promise((resolve, reject) => {
      this.#waiting.push({ write, resolve, reject });
    });
  }

  /** Writes what waits, now. */
  flush(): void {
    const group = this.#waiting;
    this.#waiting = [];
    if (group.length > 0) this.#commit(group);
  }

  #commit(group: Waiting[]): void {
    try {
      this.#transaction(() => {
        for (const { write } of group) write();
      });
    } catch (reason) {
      // What the machine refuses it refuses to each; a mistake is one write's own, and the others must not suffer.
      if (group.length === 1 || reason instanceof ApiError) for (const { reject } of group) reject(reason);
      else for (const waiting of group) this.#commit([waiting]);
      return;
    }
    for (const { resolve } of group) resolve();
  }
}
