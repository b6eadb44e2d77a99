import { ApiError } from '../errors/api-error.ts';

export interface RunSlotsOptions {
  /** Runs at once. */
  running: number;
  /** Runs that may wait for a place. */
  waiting: number;
  /** How many runs of a tenant may run and wait together; `undefined`: no bound of its own. */
  limitOf?: (tenant: string) => number | undefined;
}

/** A run's place, from when it is asked for until it is disposed. Disposing twice does nothing. */
export interface Place extends Disposable {
  /** Resolves when the run may begin; absent: at once. */
  readonly ready: Promise<void> | undefined;
}

interface Waiting {
  begin(): void;
}

/** A share of the latest run in the average of how long runs take. */
const latestShare = 0.1;

/** Bounds how many runs there are at once, and how many wait, first come, first served. */
export class RunSlots {
  readonly #options: RunSlotsOptions;
  readonly #waiting = new Set<Waiting>();
  readonly #tenants = new Map<string, number>();
  #running = 0;
  #averageMs = 1000;

  constructor(options: RunSlotsOptions) {
    this.#options = options;
  }

  /** Throws `rate_limit_exceeded`, with an estimate of when to try again, when there is no room to wait either. */
  enter(tenant: string): Place {
    const isFree = this.#running < this.#options.running;
    if (!isFree && this.#waiting.size >= this.#options.waiting) throw this.#refusal('The server');
    const limit = this.#options.limitOf?.(tenant);
    if (limit !== undefined && (this.#tenants.get(tenant) ?? 0) >= limit) throw this.#refusal('This API key');
    this.#count(tenant, 1);
    return isFree ? this.#run(tenant) : this.#wait(tenant);
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
    const started = performance.now();
    return () => {
      this.#averageMs += (performance.now() - started - this.#averageMs) * latestShare;
      this.#count(tenant, -1);
      const [next] = this.#waiting;
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

  #refusal(who: string): ApiError {
    const waves = (this.#waiting.size + 1) / this.#options.running;
    const retryAfter = Math.max(1, Math.ceil((waves * this.#averageMs) / 1000));
    const message = `${who} has too many requests running at once. Please try again later.`;
    return new ApiError('rate_limit_exceeded', message, { retryAfter });
  }
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
