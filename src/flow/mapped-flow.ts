import { ended, Flow, type Read, waiting } from './flow.ts';
import { toFlow } from './to-flow.ts';

type Mapped<Value> = Value | undefined;

/** A flow that maps the values of another one. It closes that one when the mapping fails. */
export abstract class MappedFlow<Input, Output> extends Flow<Output> {
  readonly #source: Flow<Input>;
  #isEnded = false;
  /** Whether a promise decides the outcome of the next read. */
  #isSettling = false;
  /** The outcome of that read, once it is decided. `undefined`: the source is read. */
  #settled: (() => Read<Output> | undefined) | undefined;
  #onReady: (() => void) | undefined;

  constructor(source: AsyncIterable<Input>) {
    super();
    this.#source = toFlow(source);
  }

  /** Maps a value; `undefined` omits it. The flow waits for a promise. */
  protected abstract map(value: Input): Mapped<Output> | Promise<Mapped<Output>>;

  /**
   * Called once, when the source has ended, failed, or is closed. The reader receives the end once the promise
   * resolves.
   */
  protected over(_error?: unknown): Promise<void> | undefined {
    return undefined;
  }

  read(): Read<Output> {
    if (this.#isSettling) return waiting;
    const settled = this.#settled;
    this.#settled = undefined;
    const outcome = settled?.();
    if (outcome !== undefined) return outcome;
    if (this.#isEnded) return ended;
    try {
      return this.#readSource();
    } catch (error) {
      return this.#fail(error);
    }
  }

  wait(onReady: () => void): void {
    if (this.#isSettling) this.#onReady = onReady;
    else this.#source.wait(onReady);
  }

  async close(): Promise<void> {
    const wasEnded = this.#isEnded;
    this.#isEnded = true;
    try {
      await this.#source.close();
    } finally {
      if (!wasEnded) await this.over();
    }
  }

  #readSource(): Read<Output> {
    for (;;) {
      const value = this.#source.read();
      if (value === waiting) return waiting;
      if (value === ended) return this.#end();
      const mapped = this.map(value);
      if (mapped instanceof Promise) return this.#settle(mapped);
      if (mapped !== undefined) return mapped;
    }
  }

  #end(): Read<Output> {
    this.#isEnded = true;
    const over = this.over();
    return over !== undefined ? this.#settle(over.then(() => ended)) : ended;
  }

  /** Ends with an error, once the source is closed. */
  #fail(error: unknown): Read<Output> {
    if (this.#isEnded) throw error;
    this.#isEnded = true;
    // `over` may throw synchronously. As a rejection, it cannot replace the first error.
    const closed = Promise.allSettled([this.#source.close(), (async () => this.over(error))()]);
    return this.#settle(closed.then(() => Promise.reject(error)));
  }

  #settle(pending: Promise<Read<Output> | undefined>): typeof waiting {
    this.#isSettling = true;
    const settle = (outcome: () => Read<Output> | undefined) => {
      this.#isSettling = false;
      this.#settled = outcome;
      const onReady = this.#onReady;
      this.#onReady = undefined;
      onReady?.();
    };
    pending.then(
      (value) => settle(() => value),
      (error: unknown) => settle(() => this.#fail(error)),
    );
    return waiting;
  }
}

/** Maps the values of a flow. */
export function mapFlow<Input, Output>(
  source: AsyncIterable<Input>,
  map: (value: Input) => Output | undefined,
): Flow<Output> {
  return new FunctionFlow(source, map);
}

class FunctionFlow<Input, Output> extends MappedFlow<Input, Output> {
  readonly #map: (value: Input) => Output | undefined;

  constructor(source: AsyncIterable<Input>, map: (value: Input) => Output | undefined) {
    super(source);
    this.#map = map;
  }

  protected override map(value: Input): Output | undefined {
    return this.#map(value);
  }
}
