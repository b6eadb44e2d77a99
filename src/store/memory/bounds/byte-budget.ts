import { ApiError } from '../../../errors/api-error.ts';

/** A part of a memory store. Its bytes count together with those of the other parts. */
export interface BudgetPart {
  readonly bytes: number;
  /** Removes the least recently used entry that may go and is not in `kept`. False: there is none. */
  evictOldest(kept: ReadonlySet<unknown>): boolean;
}

const nothing: ReadonlySet<unknown> = new Set();

/** Bounds the bytes of all parts of a memory store together. */
export class ByteBudget {
  readonly #maximum: number;
  readonly #parts: BudgetPart[] = [];

  constructor(maximum: number) {
    this.#maximum = maximum;
  }

  add(...parts: BudgetPart[]): void {
    this.#parts.push(...parts);
  }

  /** Makes room for so many bytes. Throws a `store_unavailable` ApiError when they don't fit, whatever is evicted. */
  assertRoom(bytes: number, kept?: ReadonlySet<unknown>): void {
    if (!this.makeRoom(bytes, kept)) throw new ApiError('store_unavailable', 'The memory of the store is full.');
  }

  /** Whether so many bytes fit, after evictions from the largest part that has something to evict. */
  makeRoom(bytes: number, kept: ReadonlySet<unknown> = nothing): boolean {
    if (bytes > this.#maximum) return false;
    const exhausted = new Set<BudgetPart>();
    while (this.#sum() + bytes > this.#maximum) {
      const [largest, ...others] = this.#parts.filter((part) => !exhausted.has(part));
      if (largest === undefined) return false;
      const part = others.reduce((one, other) => (other.bytes > one.bytes ? other : one), largest);
      if (!part.evictOldest(kept)) exhausted.add(part);
    }
    return true;
  }

  #sum(): number {
    let sum = 0;
    for (const { bytes } of this.#parts) sum += bytes;
    return sum;
  }
}
