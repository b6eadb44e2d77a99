import { ApiError } from '../errors/api-error.ts';
import { WaitEstimate } from './wait-estimate.ts';

export interface RunSlotsOptions {
  /** Runs at once. */
  running: number;
  /** Runs that may wait for a place. */
  waiting: number;
  /** How many runs of a tenant may run and wait together; `undefined`: no bound of its own. */
  limitOf?: (tenant: string) => number | undefined;
  /** Milliseconds on a clock that never goes back. */
  now?: () => number;
}

/** A run's place, from when it is asked for until it is disposed. Disposing twice does nothing. */
export interface Place extends Disposable {
  /** Resolves when the run may begin; absent: at once. */
  readonly ready: Promise<void> | undefined;
}

interface Waiting {
  begin(): void;
}

/** Bounds how many runs there are at once, and how many wait, first come, first served. */
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

  /** Throws `rate_limit_exceeded`, with an estimate of when to try again, when there is no room to wait either. */
  enter(tenant: string): Place {
    const isFree = this.#running < this.#options.running;
    if (!isFree && this.#waiting.size >= this.#options.waiting) {
      throw refusal('The server', this.#estimate.refused(this.#waiting.size, this.#now()));
    }
    const limit = this.#options.limitOf?.(tenant);
    const own = this.#tenants.get(tenant) ?? 0;
    if (limit !== undefined && own >= limit) throw refusal('This API key', this.#untilOneEnds(own));
    this.#count(tenant, 1);
    return isFree ? this.#run(tenant) : this.#wait(tenant);
  }

  /** Until the first of so many runs of a tenant has ended, some of which may still wait. */
  #untilOneEnds(runs: number): number {
    const now = this.#now();
    return this.#estimate.queueMs(this.#waiting.size, now) + this.#estimate.durationMs(now) / Math.max(1, runs);
  }

  #run(tenant: string): Place {
    this.#running += 1;
    return { ready: undefined, [Symbol.dispose]: once(this.#leaving(tenant)) };
  }

  #wait(tenant: string): Place {
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

  /** What ends a run that begins now: the first that waits takes its place. */
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

function refusal(who: string, waitMs: number): ApiError {
  const message = `${who} has too many requests running at once. Please try again later.`;
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

/** Waits for a place. Rejects with the signal's reason when that aborts first; the place is then still to be disposed. */
export async function untilReady({ ready }: Place, signal: AbortSignal): Promise<void> {
  if (ready === undefined) return;
  signal.throwIfAborted();
  const aborted = Promise.withResolvers<never>();
  const stop = () => aborted.reject(signal.reason);
  signal.addEventListener('abort', stop, { once: true });
  try {
    await Promise.race([ready, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
