import type { TenantBytes } from './shared-bytes.ts';

export interface FrameQueueOptions {
  frames: number;
  /** The most bytes of all frames. */
  bytes: number;
  /** Shared with other queues. */
  tenantBytes: TenantBytes;
}

export interface WaitingFrame {
  bytes: number;
  /** Removes the frame from the queue. `undefined`: it was already removed. */
  take(): Buffer | undefined;
}

/** A bounded queue of the frames that wait for their turn. */
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

  /** Adds a frame. `false`: the queue is full. */
  add(frame: Buffer): boolean {
    if (this.#frames.length >= this.#options.frames || this.#bytes + frame.length > this.#options.bytes) return false;
    if (!this.#options.tenantBytes.reserve(frame.length)) return false;
    this.#frames.push(frame);
    this.#bytes += frame.length;
    return true;
  }

  /** Returns the oldest frame. It stays in the queue until it is taken. */
  next(): WaitingFrame | undefined {
    const bytes = this.#frames[0]?.length;
    if (bytes === undefined) return undefined;
    let isTaken = false;
    const take = () => {
      if (isTaken) return undefined;
      isTaken = true;
      return this.take();
    };
    return { bytes, take };
  }

  /** Removes and returns the oldest frame. */
  take(): Buffer | undefined {
    const frame = this.#frames.shift();
    this.#free(frame?.length ?? 0);
    return frame;
  }

  /** Removes all frames. */
  clear(): void {
    this.#frames.length = 0;
    this.#free(this.#bytes);
  }

  #free(bytes: number): void {
    this.#bytes -= bytes;
    this.#options.tenantBytes.release(bytes);
  }
}
