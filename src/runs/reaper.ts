import { limits } from '../config/limits.ts';
import type { Log } from '../log.ts';
import type { Store } from '../store/store.ts';

export interface ReaperOptions {
  store: Pick<Store, 'reap'>;
  log: Pick<Log, 'info' | 'error'>;
  /** How long the log of a run is kept after its end. */
  logSeconds: number;
  /** Milliseconds since 1970. */
  now: () => number;
}

/** Removes what has had its time, now and then and a little at once, so that nobody waits for it. */
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

  /** Removes all that is due now. Never rejects: what can't be removed now is due the next time too. */
  async reap(): Promise<void> {
    const { store, log, logSeconds, now } = this.#options;
    const seconds = Math.floor(now() / 1000);
    const request = { now: seconds, logsBefore: seconds - logSeconds, limit: limits.reapedAtOnce };
    let total = 0;
    try {
      for (let removed = await store.reap(request); removed > 0; removed = await store.reap(request)) {
        total += removed;
        // Between two batches whatever else waits has its turn.
        await new Promise((resolve) => setImmediate(resolve));
      }
    } catch (error) {
      log.error({ err: error }, 'could not remove what has had its time');
    }
    if (total > 0) log.info({ removed: total }, 'removed expired data');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#timer);
    await this.#reaping;
  }
}
