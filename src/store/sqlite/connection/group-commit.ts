import { ApiError } from '../../../errors/api-error.ts';
import type { Transaction } from './transaction.ts';

interface Waiting {
  write(): void;
  resolve(): void;
  reject(reason: unknown): void;
}

/**
 * Gives writes that are asked for at about the same time one transaction, in the order in which they were asked for:
 * under load a commit of its own costs each of them more than all that it writes.
 */
export class GroupCommit {
  readonly #transaction: Transaction;
  #waiting: Waiting[] = [];
  /** When the last commit was over, on the clock of `performance.now()`. */
  #committed = Number.NEGATIVE_INFINITY;
  #immediate: NodeJS.Immediate | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(transaction: Transaction) {
    this.#transaction = transaction;
  }

  /**
   * Resolves with what the write gave once it is committed; rejects, with nothing of it written, with what it threw. It
   * is committed with all that waits, in the next turn of the event loop, but not sooner than `windowMs` after the last
   * commit: a write that comes alone never waits, and however many come, there is one commit for each window.
   */
  add<Result>(write: () => Result, windowMs = 0): Promise<Result> {
    this.#schedule(windowMs);
    return new Promise((resolve, reject) => {
      let result: Result;
      this.#waiting.push({
        write: () => {
          result = write();
        },
        resolve: () => resolve(result),
        reject,
      });
    });
  }

  /** Writes what waits, now. */
  flush(): void {
    clearImmediate(this.#immediate);
    clearTimeout(this.#timer);
    this.#immediate = undefined;
    this.#timer = undefined;
    const group = this.#waiting;
    this.#waiting = [];
    if (group.length === 0) return;
    this.#commit(group);
    this.#committed = performance.now();
  }

  #schedule(windowMs: number): void {
    if (this.#immediate !== undefined) return;
    const waitMs = windowMs === 0 ? 0 : this.#committed + windowMs - performance.now();
    if (waitMs <= 0) this.#immediate = setImmediate(() => this.flush());
    else this.#timer ??= setTimeout(() => this.flush(), waitMs);
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
