import { ApiError } from '../errors/api-error.ts';
import { forEach } from '../flow/for-each.ts';
import { toFlow } from '../flow/to-flow.ts';
import type { SteerId } from '../ids.ts';

/** Takes input of operators for a run. */
export interface Inbox {
  /** `false`: the run takes no more. */
  add(input: { id: SteerId; input: string }): boolean;
}

/** A run that continues to its end without a reader. */
export class DetachedRun {
  /** `undefined`: the run takes no input. */
  inbox: Inbox | undefined;
  readonly #controller = new AbortController();
  readonly #ended = Promise.withResolvers<void>();
  readonly #onEnd: () => void;

  /** Calls `onEnd` once, when the run has ended. */
  constructor(onEnd: () => void) {
    this.#onEnd = onEnd;
  }

  /** Aborts when the run must stop. Its reason is an ApiError. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Resolves when the run has ended. Never rejects. */
  get ended(): Promise<void> {
    return this.#ended.promise;
  }

  stop(error: ApiError): void {
    this.#controller.abort(error);
  }

  /**
   * Reads all events of the run, which are in its log by then. Resolves at the first ones. Rejects when the run fails before:
   * a later failure is in the log.
   */
  drive(events: AsyncIterable<unknown>): Promise<void> {
    const begun = Promise.withResolvers<void>();
    this.#readAll(events, begun.resolve).then(begun.resolve, begun.reject);
    // A caller that does not wait for the first events has no use for the failure.
    begun.promise.catch(() => undefined);
    return begun.promise;
  }

  /** Ends a run that has nothing to drive, or nothing more. Stops what it left open, such as an unread agent's answer. */
  end(): void {
    this.stop(new ApiError('request_cancelled', 'The run is over.'));
    this.#onEnd();
    this.#ended.resolve();
  }

  async #readAll(events: AsyncIterable<unknown>, onFirst: () => void): Promise<void> {
    try {
      await forEach(toFlow(events), () => {
        onFirst();
        return undefined;
      });
    } finally {
      this.end();
    }
  }
}
