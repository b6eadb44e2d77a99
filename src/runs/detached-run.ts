import type { ApiError } from '../errors/api-error.ts';

/** A run that is driven to its end, whoever reads what comes of it. */
export class DetachedRun {
  readonly #controller = new AbortController();
  readonly #ended = Promise.withResolvers<void>();
  readonly #onEnd: () => void;

  /** `onEnd` is called once, when it has ended. */
  constructor(onEnd: () => void) {
    this.#onEnd = onEnd;
  }

  /** Aborts when the run is to stop. Its reason is an ApiError. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Resolves when it has ended; never rejects. */
  get ended(): Promise<void> {
    return this.#ended.promise;
  }

  stop(error: ApiError): void {
    this.#controller.abort(error);
  }

  /**
   * Takes what the run yields until there is no more. Resolves after the first, which by then is in the log; rejects when
   * the run fails before. Later failures are the run's own to tell.
   */
  drive(yields: AsyncIterable<unknown>): Promise<void> {
    const first = Promise.withResolvers<void>();
    this.#take(yields, first.resolve).then(first.resolve, first.reject);
    return first.promise;
  }

  /** There is nothing to drive after all. */
  end(): void {
    this.#onEnd();
    this.#ended.resolve();
  }

  async #take(yields: AsyncIterable<unknown>, onFirst: () => void): Promise<void> {
    try {
      for await (const _yielded of yields) onFirst();
    } finally {
      this.end();
    }
  }
}
