import { ApiError } from '../errors/api-error.ts';

/**
 * Bounds the duration of one run. Its signal aborts with the caller's reason, or with `run_timeout` when the time is up.
 * Disposing it clears the timer and removes its listener. `AbortSignal.any` would leave one on the caller's signal.
 */
export class RunDeadline implements Disposable {
  readonly #controller = new AbortController();
  readonly #parent: AbortSignal;
  readonly #timer: NodeJS.Timeout | undefined;
  readonly #onAbort = () => this.#controller.abort(this.#parent.reason);

  /** Without `timeoutMs`, the time is not bounded. */
  constructor(parent: AbortSignal, timeoutMs: number | undefined) {
    this.#parent = parent;
    if (timeoutMs !== undefined) {
      this.#timer = setTimeout(() => this.#controller.abort(createTimeout()), timeoutMs).unref();
    }
    if (parent.aborted) this.#onAbort();
    else parent.addEventListener('abort', this.#onAbort, { once: true });
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Aborts the signal before the time is up. */
  stop(reason: ApiError): void {
    this.#controller.abort(reason);
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
    this.#parent.removeEventListener('abort', this.#onAbort);
  }
}

function createTimeout(): ApiError {
  return new ApiError('run_timeout', 'The run exceeded the time limit of this server.');
}
