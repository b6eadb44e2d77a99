import { findTopLevel } from './find-top-level.ts';
import type { Lane } from './lanes.ts';
import type { TenantBytes } from './shared-bytes.ts';

export interface FrameQueueOptions {
  frames: number;
  /** The most bytes of all frames. */
  bytes: number;
  /** Shared with other queues. */
  tenantBytes: TenantBytes;
}

export interface WaitingFrame {
  lane: Lane;
  bytes: number;
  /** Removes the frame from the queue. `undefined`: it was already removed. */
  take(): Buffer | undefined;
  /** Whether a later frame of its lane continues a response. */
  isContinued(response: string): boolean;
}

interface Entry {
  frame: Buffer;
  lane: Lane;
}

/** A bounded queue of the frames that wait for their turn. */
export class FrameQueue {
  readonly #options: FrameQueueOptions;
  readonly #entries: Entry[] = [];
  #bytes = 0;

  constructor(options: FrameQueueOptions) {
    this.#options = options;
  }

  /** The lanes of the waiting frames. */
  get lanes(): Lane[] {
    return this.#entries.map(({ lane }) => lane);
  }

  /** Adds a frame. `false`: the queue is full. */
  add(frame: Buffer, lane?: Lane): boolean {
    if (this.#entries.length >= this.#options.frames || this.#bytes + frame.length > this.#options.bytes) return false;
    if (!this.#options.tenantBytes.reserve(frame.length)) return false;
    this.#entries.push({ frame, lane });
    this.#bytes += frame.length;
    return true;
  }

  /** Returns the oldest frame whose lane is free. It stays in the queue until it is taken. */
  next(isBusy: (lane: Lane) => boolean = () => false): WaitingFrame | undefined {
    const entry = this.#entries.find(({ lane }) => !isBusy(lane));
    if (!entry) return undefined;
    const { lane, frame } = entry;
    const isContinued = (response: string) => this.#continues(response, lane);
    return { lane, bytes: frame.length, take: () => this.#take(entry), isContinued };
  }

  /** Removes all frames. */
  clear(): void {
    this.#entries.length = 0;
    this.#free(this.#bytes);
  }

  #take(entry: Entry): Buffer | undefined {
    const index = this.#entries.indexOf(entry);
    if (index === -1) return undefined;
    this.#entries.splice(index, 1);
    this.#free(entry.frame.length);
    return entry.frame;
  }

  #continues(response: string, lane: Lane): boolean {
    return this.#entries.some(
      (entry) => entry.lane === lane && findTopLevel(entry.frame, 'previous_response_id').value === response,
    );
  }

  #free(bytes: number): void {
    this.#bytes -= bytes;
    this.#options.tenantBytes.release(bytes);
  }
}
