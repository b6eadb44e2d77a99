import { ended, type Flow, waiting } from './flow.ts';

/** Takes a value of a flow. Returns a promise if the flow must not be read before it resolves. */
type Take<Value> = (value: Value) => PromiseLike<unknown> | undefined;

/**
 * Reads a flow to its end by plain calls: without a promise for a value, unless `take` returns one. Resolves at the
 * end. Rejects with the error of the flow or of `take`, once the flow is closed.
 */
export function forEach<Value>(flow: Flow<Value>, take: Take<Value>): Promise<void> {
  return new Promise((resolve, reject) => new Reader(flow, take, { resolve, reject }).read());
}

interface Outcome {
  resolve(): void;
  reject(reason: unknown): void;
}

class Reader<Value> {
  readonly #flow: Flow<Value>;
  readonly #take: Take<Value>;
  readonly #outcome: Outcome;
  /** Whether the reader waits for the flow. A callback at another time is spurious. */
  #isWaiting = true;
  readonly #onReady = () => this.read();

  constructor(flow: Flow<Value>, take: Take<Value>, outcome: Outcome) {
    this.#flow = flow;
    this.#take = take;
    this.#outcome = outcome;
  }

  read(): void {
    if (!this.#isWaiting) return;
    this.#isWaiting = false;
    try {
      for (;;) {
        const value = this.#flow.read();
        if (value === ended) return this.#outcome.resolve();
        if (value === waiting) {
          this.#isWaiting = true;
          return this.#flow.wait(this.#onReady);
        }
        const pending = this.#take(value);
        if (pending !== undefined) return this.#continueAfter(pending);
      }
    } catch (error) {
      this.#fail(error);
    }
  }

  #continueAfter(pending: PromiseLike<unknown>): void {
    pending.then(
      () => {
        this.#isWaiting = true;
        this.read();
      },
      (error: unknown) => this.#fail(error),
    );
  }

  #fail(error: unknown): void {
    const reject = () => this.#outcome.reject(error);
    this.#flow.close().then(reject, reject);
  }
}
