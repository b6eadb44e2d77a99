import { ApiError } from '../../../errors/api-error.ts';
import type { Transaction } from './transaction.ts';

interface PendingWrite {
  write(): void;
  resolve(): void;
  reject(reason: unknown): void;
}

/**
 * Commits concurrent writes in one transaction, in the order of the calls. Under load, a commit per write would cost
 * more than the writes themselves.
 */
export class GroupCommit {
  readonly #transaction: Transaction;
  #pending: PendingWrite[] = [];
  /** Time of the last commit, by `performance.now()`. */
  #committedAt = Number.NEGATIVE_INFINITY;
  #immediate: NodeJS.Immediate | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(transaction: Transaction) {
    this.#transaction = transaction;
  }

  /** Number of writes that wait for their commit. */
  get pending(): number {
    return this.#pending.length;
  }

  /**
   * Resolves with the result of the write once it is committed. Rejects with its error, with nothing of it written. All
   * pending writes are committed together in the next turn of the event loop, but at least `windowMs` after the last
   * commit. A single write is therefore not delayed, and any number of writes causes one commit per window.
   */
  add<Result>(write: () => Result, windowMs = 0): Promise<Result> {
    this.#schedule(windowMs);
    return new Promise((resolve, reject) => {
      let result: Result;
      this.#pending.push({
        write: () => {
          result = write();
        },
        resolve: () => resolve(result),
        reject,
      });
    });
  }

  /** Commits all pending writes now. */
  flush(): void {
    clearImmediate(this.#immediate);
    clearTimeout(this.#timer);
    this.#immediate = undefined;
    this.#timer = undefined;
    const group = this.#pending;
    this.#pending = [];
    if (group.length === 0) return;
    this.#commit(group);
    this.#committedAt = performance.now();
  }

  #schedule(windowMs: number): void {
    if (this.#immediate !== undefined) return;
    const waitMs = windowMs === 0 ? 0 : this.#committedAt + windowMs - performance.now();
    if (waitMs <= 0) this.#immediate = setImmediate(() => this.flush());
    else this.#timer ??= setTimeout(() => this.flush(), waitMs);
  }

  #commit(group: PendingWrite[]): void {
    try {
      this.#transaction(() => {
        for (const { write } of group) write();
      });
    } catch (reason) {
      // A failure of the environment affects every write. Any other error belongs to one write, so the others are retried.
      if (group.length === 1 || reason instanceof ApiError) for (const { reject } of group) reject(reason);
      else for (const pending of group) this.#commit([pending]);
      return;
    }
    for (const { resolve } of group) resolve();
  }
}
