/** The result of a read without a value: none is ready yet. */
export const waiting: unique symbol = Symbol('waiting');
/** The result of a read without a value: none follows. */
export const ended: unique symbol = Symbol('ended');

export type Read<Value> = Value | typeof waiting | typeof ended;

/**
 * Values that become ready over time, for one reader. `forEach` reads them by plain calls; `for await` works too, at
 * the cost of promises for each value. A reader that does not read slows the source down.
 */
export abstract class Flow<Value> implements AsyncIterable<Value>, AsyncIterator<Value, undefined> {
  #isReading = false;

  /** Returns the next value. Throws the error of a flow that failed, once; it has ended then. */
  abstract read(): Read<Value>;

  /**
   * Calls back, once, when another read may no longer be `waiting`. Called after such a read only. A later callback
   * replaces an earlier one. The call may be spurious.
   */
  abstract wait(onReady: () => void): void;

  /** Stops the source, and releases a reader that waits. Resolves when the source has stopped. Idempotent. */
  abstract close(): Promise<void>;

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<Value, undefined>> {
    if (this.#isReading) throw new Error('A flow has one reader at a time.');
    this.#isReading = true;
    try {
      for (;;) {
        const value = this.read();
        if (value === ended) return { done: true, value: undefined };
        if (value !== waiting) return { done: false, value };
        await new Promise<void>((resolve) => this.wait(resolve));
      }
    } finally {
      this.#isReading = false;
    }
  }

  async return(): Promise<IteratorResult<Value, undefined>> {
    await this.close();
    return { done: true, value: undefined };
  }
}
