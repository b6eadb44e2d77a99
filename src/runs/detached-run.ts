import { ApiError } from '../errors/api-error.ts';

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
   * Takes what the run yields until there is no more. Rejects with what the run throws: what it can't tell in its log.
   * `onFirst` is called after the first, which by then is in the log.
   */
  async drive(yields: AsyncIterable<unknown>, onFirst?: () => void): Promise<void> {
    try {
      for await (const _yielded of yields) onFirst?.();
    } finally {
      this.end();
    }
  }

  /** There is nothing to drive, or no more. What is left open, such as an agent's answer that nobody reads, is stopped. */
  end(): void {
    this.stop(new ApiError('request_cancelled', 'The run is over.'));
    this.#onEnd();
    this.#ended.resolve();
  }
}
