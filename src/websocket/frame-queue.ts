import type { TenantRoom } from './shared-bytes.ts';

export interface FrameQueueOptions {
  frames: number;
  /** Of all frames together. */
  bytes: number;
  /** Shared with other queues. */
  room: TenantRoom;
}

export interface WaitingFrame {
  bytes: number;
  /** Takes it out of the queue, once; `undefined` afterwards, and when the queue was cleared. */
  take(): Buffer | undefined;
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
    if (!this.#options.room.take(frame.length)) return false;
    this.#frames.push(frame);
    this.#bytes += frame.length;
    return true;
  }

  /** The oldest. It counts as waiting until it is taken. */
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

  /** The oldest, no longer in the queue. */
  take(): Buffer | undefined {
    const frame = this.#frames.shift();
    this.#free(frame?.length ?? 0);
    return frame;
  }

  /** Drops all frames. */
  clear(): void {
    this.#frames.length = 0;
    this.#free(this.#bytes);
  }

  #free(bytes: number): void {
    this.#bytes -= bytes;
    this.#options.room.free(bytes);
  }
}
