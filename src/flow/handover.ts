import { ended, Flow, type Read, waiting } from './flow.ts';

interface Producer {
  resolve(): void;
  reject(reason: Error): void;
}

/** Hands values from a producer to a reader, one at a time. The first read starts the producer. */
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
  /** The producer that waits for the reader. */
  #giving: Producer | undefined;

  /** `produce` gives the values. The flow ends or fails with it. */
  constructor(produce: () => Promise<void>) {
    super();
    this.#produce = produce;
  }

  /** Whether the reader has left. */
  get isLeft(): boolean {
    return this.#isLeft;
  }

  /**
   * Hands a value to the reader. Returns a promise unless the reader waits for the next value already; it resolves when
   * the reader does. Throws, or rejects, when the reader has left.
   */
  give(value: Value): Promise<void> | undefined {
    this.throwIfLeft();
    this.#value = value;
    this.#wake();
    this.throwIfLeft();
    if (this.#value === undefined && this.#onReady) return undefined;
    return new Promise((resolve, reject) => {
      this.#giving = { resolve, reject };
    });
  }

  throwIfLeft(): void {
    if (this.#isLeft) throw createLeft();
  }

  read(): Read<Value> {
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
    const giving = this.#giving;
    this.#giving = undefined;
    giving?.resolve();
  }

  /** Stops the producer where it gives its next value. */
  async close(): Promise<void> {
    this.#isLeft = !this.#isEnded;
    this.#value = undefined;
    this.#giving?.reject(createLeft());
    this.#giving = undefined;
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
