import { ApiError } from '../errors/api-error.ts';
import { unlessAborted } from '../unless-aborted.ts';
import { WaitEstimate } from './wait-estimate.ts';

export interface RunSlotsOptions {
  /** Concurrent runs. */
  running: number;
  /** Runs that may wait for a slot. */
  waiting: number;
  /** Runs of a tenant that may run or wait; `undefined`: the tenant has no limit of its own. */
  limitOf?: (tenant: string) => number | undefined;
  /** What is busy, for messages. Default: `The server`. */
  subject?: string;
  /** Milliseconds on a monotonic clock. */
  now?: () => number;
}

/** The slot of one run, which may still wait for it. Disposing releases it, once. */
export interface Slot extends Disposable {
  /** Resolves when the run may begin; `undefined`: it may begin immediately. */
  readonly ready: Promise<void> | undefined;
}

interface Waiting {
  begin(): void;
}

/** Bounds the concurrent runs and the waiting ones. First come, first served. */
export class RunSlots {
  readonly #options: RunSlotsOptions;
  readonly #waiting = new Set<Waiting>();
  readonly #tenants = new Map<string, number>();
  readonly #estimate: WaitEstimate;
  readonly #now: () => number;
  #running = 0;

  constructor(options: RunSlotsOptions) {
    this.#options = options;
    this.#estimate = new WaitEstimate(options.running);
    this.#now = options.now ?? (() => performance.now());
  }

  get running(): number {
    return this.#running;
  }

  /** Number of runs that wait for a slot. */
  get waiting(): number {
    return this.#waiting.size;
  }

  /** Maximum number of concurrent runs. */
  get capacity(): number {
    return this.#options.running;
  }

  /** Takes a slot or queues for one. Throws `rate_limit_exceeded` when the queue is full, with an estimate for the retry. */
  enter(tenant: string): Slot {
    const isFree = this.#running < this.#options.running;
    if (!isFree && this.#waiting.size >= this.#options.waiting) {
      throw createRefusal(
        this.#options.subject ?? 'The server',
        this.#estimate.refused(this.#waiting.size, this.#now()),
      );
    }
    const limit = this.#options.limitOf?.(tenant);
    const own = this.#tenants.get(tenant) ?? 0;
    if (limit !== undefined && own >= limit) throw createRefusal('This API key', this.#untilOneEnds(own));
    this.#count(tenant, 1);
    return isFree ? this.#run(tenant) : this.#wait(tenant);
  }

  /** Estimates the milliseconds until the first of a tenant's runs has ended. Some of them may still wait. */
  #untilOneEnds(runs: number): number {
    const now = this.#now();
    return this.#estimate.queueMs(this.#waiting.size, now) + this.#estimate.durationMs(now) / Math.max(1, runs);
  }

  #run(tenant: string): Slot {
    this.#running += 1;
    return { ready: undefined, [Symbol.dispose]: once(this.#leaving(tenant)) };
  }

  #wait(tenant: string): Slot {
    const { promise, resolve } = Promise.withResolvers<void>();
    let leave = () => {
      this.#waiting.delete(waiting);
      this.#count(tenant, -1);
    };
    const waiting = {
      begin: () => {
        leave = this.#leaving(tenant);
        resolve();
      },
    };
    this.#waiting.add(waiting);
    return { ready: promise, [Symbol.dispose]: once(() => leave()) };
  }

  /** Starts a run now. Returns the function that ends it and passes its slot to the first waiting run. */
  #leaving(tenant: string): () => void {
    const started = this.#now();
    this.#estimate.began(started);
    return () => {
      this.#count(tenant, -1);
      const [next] = this.#waiting;
      this.#estimate.ended(started, this.#now(), next === undefined);
      if (!next) {
        this.#running -= 1;
        return;
      }
      this.#waiting.delete(next);
      next.begin();
    };
  }

  #count(tenant: string, change: 1 | -1): void {
    const count = (this.#tenants.get(tenant) ?? 0) + change;
    if (count === 0) this.#tenants.delete(tenant);
    else this.#tenants.set(tenant, count);
  }
}

function createRefusal(subject: string, waitMs: number): ApiError {
  const message = `${subject} has too many requests running at once. Please try again later.`;
  return new ApiError('rate_limit_exceeded', message, { retryAfter: Math.max(1, Math.ceil(waitMs / 1000)) });
}

function once(action: () => void): () => void {
  let isDone = false;
  return () => {
    if (isDone) return;
    isDone = true;
    action();
  };
}

/** Waits for a slot. Rejects with the signal's reason when the signal aborts first. The slot must be disposed either way. */
export async function untilReady({ ready }: Slot, signal: AbortSignal): Promise<void> {
  if (ready !== undefined) await unlessAborted(ready, signal);
}
