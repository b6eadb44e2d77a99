import { ended, Flow, type Read, waiting } from './flow.ts';

interface Producer {
  resolve(): void;
  reject(reason: Error): void;
}

/** Passes values from a producer to a reader, one at a time. The first read starts the producer; a close prevents it. */
export class Handover<Value> extends Flow<Value> {
  readonly #produce: () => Promise<void>;
  /** The running producer. Never rejects. */
  #producing: Promise<void> | undefined;
  #value: Value | undefined;
  /** The error of the producer, until it is read. */
  #failure: { reason: unknown } | undefined;
  #isEnded = false;
  #isLeft = false;
  #onReady: (() => void) | undefined;
  /** Settles the `push` that waits for the reader. */
  #pushing: Producer | undefined;

  /** `produce` passes each value to `push`. The flow ends or fails with it. */
  constructor(produce: () => Promise<void>) {
    super();
    this.#produce = produce;
  }

  /** Whether the reader has left. */
  get isLeft(): boolean {
    return this.#isLeft;
  }

  /**
   * Passes a value to the reader. Returns `undefined` if the reader already waits for the next value, otherwise a
   * promise that resolves when it does. Throws, or rejects, when the reader has left.
   */
  push(value: Value): Promise<void> | undefined {
    this.throwIfLeft();
    this.#value = value;
    this.#wake();
    this.throwIfLeft();
    if (this.#value === undefined && this.#onReady) return undefined;
    return new Promise((resolve, reject) => {
      this.#pushing = { resolve, reject };
    });
  }

  throwIfLeft(): void {
    if (this.#isLeft) throw createLeft();
  }

  read(): Read<Value> {
    if (this.#isLeft) return ended;
    this.#producing ??= this.#run();
    const value = this.#value;
    if (value !== undefined) {
      this.#value = undefined;
      return value;
    }
    const failure = this.#failure;
    this.#failure = undefined;
    if (failure) throw failure.reason;
    return this.#isEnded ? ended : waiting;
  }

  wait(onReady: () => void): void {
    this.#onReady = onReady;
    const pushing = this.#pushing;
    this.#pushing = undefined;
    pushing?.resolve();
  }

  /** Stops the producer at its next `push`. */
  async close(): Promise<void> {
    this.#isLeft = !this.#isEnded;
    this.#value = undefined;
    this.#pushing?.reject(createLeft());
    this.#pushing = undefined;
    await this.#producing;
  }

  async #run(): Promise<void> {
    try {
      await this.#produce();
    } catch (reason) {
      if (!this.#isLeft) this.#failure = { reason };
    }
    this.#isEnded = true;
    this.#wake();
  }

  #wake(): void {
    const onReady = this.#onReady;
    this.#onReady = undefined;
    onReady?.();
  }
}

const createLeft = (): Error => new Error('The reader has left.');
