export interface FrameQueueOptions {
  frames: number;
  /** Of all frames together. */
  bytes: number;
}

/** The frames that wait for their turn, in order and bounded. */
export class FrameQueue {
  readonly #options: FrameQueueOptions;
  readonly #frames: Buffer[] = [];
  #bytes = 0;

  constructor(options: FrameQueueOptions) {
    this.#options = options;
  }

  get isEmpty(): boolean {
    return this.#frames.length === 0;
  }

  /** `false`: there is no room for it. */
  add(frame: Buffer): boolean {
    if (this.#frames.length >= this.#options.frames || this.#bytes + frame.length > this.#options.bytes) return false;
    this.#frames.push(frame);
    this.#bytes += frame.length;
    return true;
  }

  /** The oldest, no longer in the queue. */
  take(): Buffer | undefined {
    const frame = this.#frames.shift();
    this.#bytes -= frame?.length ?? 0;
    return frame;
  }
}
