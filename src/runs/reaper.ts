import { limits } from '../config/limits.ts';
import type { Log } from '../log.ts';
import type { Store } from '../store/store.ts';

export interface ReaperOptions {
  store: Pick<Store, 'reap'>;
  log: Pick<Log, 'info' | 'error'>;
  retention: {
    /** Retention of a log after the end of its run. */
    logSeconds: number;
    /** Retention of the record of a run after its start. */
    recordSeconds: number;
  };
  /** Milliseconds since 1970. */
  now: () => number;
}

/** Removes expired data periodically, in small batches, so that no request waits for it. */
export class Reaper implements AsyncDisposable {
  readonly #options: ReaperOptions;
  #timer: NodeJS.Timeout | undefined;
  #reaping: Promise<void> = Promise.resolve();

  constructor(options: ReaperOptions) {
    this.#options = options;
  }

  start(): void {
    this.#timer = setInterval(() => {
      this.#reaping = this.#reaping.then(() => this.reap());
    }, limits.reaperMs);
    this.#timer.unref();
  }

  /** Removes all expired data. Never rejects: data that could not be removed is retried the next time. */
  async reap(): Promise<void> {
    const { store, log, retention, now } = this.#options;
    const seconds = Math.floor(now() / 1000);
    const request = {
      now: seconds,
      logsBefore: seconds - retention.logSeconds,
      recordsBefore: seconds - retention.recordSeconds,
      limit: limits.reapedAtOnce,
    };
    let total = 0;
    try {
      for (let removed = await store.reap(request); removed > 0; removed = await store.reap(request)) {
        total += removed;
        // Lets other work run between two batches.
        await new Promise((resolve) => setImmediate(resolve));
      }
    } catch (error) {
      log.error({ err: error }, 'failed to remove expired data');
    }
    if (total > 0) log.info({ removed: total }, 'removed expired data');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#timer);
    await this.#reaping;
  }
}
