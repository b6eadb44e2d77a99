import { ApiError } from '../../../errors/api-error.ts';

/** A part of a memory store that shares the budget. */
export interface BudgetPart {
  readonly bytes: number;
  /** Evicts the least recently used removable entry that is not in `kept`. `false`: there is none. */
  evictOldest(kept: ReadonlySet<unknown>): boolean;
}

const nothing: ReadonlySet<unknown> = new Set();

/** Bounds the total bytes of the parts of a memory store. */
export class ByteBudget {
  readonly #maximum: number;
  readonly #parts: BudgetPart[] = [];

  constructor(maximum: number) {
    this.#maximum = maximum;
  }

  add(...parts: BudgetPart[]): void {
    this.#parts.push(...parts);
  }

  /** Evicts until the bytes fit. Throws a `store_unavailable` ApiError when they cannot fit. */
  assertRoom(bytes: number, kept?: ReadonlySet<unknown>): void {
    if (!this.makeRoom(bytes, kept)) throw new ApiError('store_unavailable', 'The memory of the store is full.');
  }

  /** Evicts from the largest part until the bytes fit. `false`: they cannot fit. */
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
