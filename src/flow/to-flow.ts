import { ended, Flow, type Read, waiting } from './flow.ts';

type Source<Value> = AsyncIterable<Value> | Iterable<Value>;

/** Returns values as a flow, unless they are one. The next value is pulled at the read after the one before. */
export function toFlow<Value>(values: Source<Value>): Flow<Value> {
  return values instanceof Flow ? values : new PulledFlow(values);
}

type Iterated<Value> = AsyncIterator<Value> | Iterator<Value>;

class PulledFlow<Value> extends Flow<Value> {
  readonly #iterator: Iterated<Value>;
  /** The outcome of the last pull, until it is read. */
  #pulled: (() => Read<Value>) | undefined;
  #isPulling = false;
  #isEnded = false;
  #onReady: (() => void) | undefined;

  constructor(values: Source<Value>) {
    super();
    this.#iterator = Symbol.asyncIterator in values ? values[Symbol.asyncIterator]() : values[Symbol.iterator]();
  }

  read(): Read<Value> {
    const pulled = this.#pulled;
    if (pulled) {
      this.#pulled = undefined;
      return pulled();
    }
    if (this.#isEnded) return ended;
    if (!this.#isPulling) void this.#pull();
    return waiting;
  }

  wait(onReady: () => void): void {
    this.#onReady = onReady;
  }

  async close(): Promise<void> {
    if (this.#isEnded) return;
    this.#isEnded = true;
    await this.#iterator.return?.();
  }

  async #pull(): Promise<void> {
    this.#isPulling = true;
    try {
      const { done = false, value } = await this.#iterator.next();
      if (done) this.#isEnded = true;
      this.#pulled = () => (done ? ended : value);
    } catch (error) {
      this.#isEnded = true;
      this.#pulled = () => {
        throw error;
      };
    }
    this.#isPulling = false;
    const onReady = this.#onReady;
    this.#onReady = undefined;
    onReady?.();
  }
}
