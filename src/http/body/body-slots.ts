import { ApiError } from '../../errors/api-error.ts';

export interface BodySlotsOptions {
  /** The most large bodies read at the same time. */
  atOnce: number;
  /** The most bodies that wait for a slot. One tenant may fill half of the queue. */
  waiting: number;
  /** The most bytes of all large bodies that are read or served; above it the next one waits. */
  bytes: number;
  /** The largest body. A body being read counts as this many bytes, since it may grow that large. */
  maxBytes: number;
  /** A body above this size needs a slot. */
  largeBytes: number;
  /** The most bytes of all unfinished bodies without a slot; above it every body needs one. */
  smallBytes: number;
  /** Timeout of waiting for a slot. */
  waitMs: number;
  /** Timeout of reading one body while others wait. */
  readMs: number;
}

export interface BodyReader {
  tenant: string;
  /** Whether the body is already in memory. It then goes before its tenant's other bodies, which would add to it. */
  isWhole?: boolean;
  /** The body has its slot: read on. */
  onSlot(): void;
  /** The body is refused: stop reading. May follow `onSlot`. */
  onRefusal(error: ApiError): void;
}

/** The slot of a body, requested or granted, until disposed. Disposing twice does nothing. */
export interface BodySlot extends Disposable {
  /** Sets the number of bytes received so far. */
  resize(bytes: number): void;
  /** Frees the slot for the next body. This body's bytes count until the slot and all its holds are disposed. */
  finishReading(): void;
  /** Keeps the bytes counted for a run that may outlive the reply. Disposing twice does nothing. */
  hold(): Disposable;
}

interface Entry extends BodyReader {
  state: 'waiting' | 'reading' | 'served' | 'left';
  bytes: number;
  /** When it started to wait or to be read. */
  since: number;
}

export interface BodyTurn {
  tenant: string;
  bytes: number;
  signal: AbortSignal;
}

/** Waits for a slot for a body that is already in memory. Rejects with an ApiError when the body is refused. */
export async function takeSlot(slots: BodySlots, { tenant, bytes, signal }: BodyTurn): Promise<BodySlot> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const slot = slots.enter({ tenant, isWhole: true, onSlot: resolve, onRefusal: reject });
  slot.resize(bytes);
  const stop = () => reject(signal.reason);
  signal.addEventListener('abort', stop, { once: true });
  try {
    await promise;
    return slot;
  } catch (error) {
    slot[Symbol.dispose]();
    throw error;
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/** Weight of the latest body in the moving average of read times. */
const latestShare = 0.2;
/** Interval between checks for timeouts. */
const checkMs = 250;
const longestRetrySeconds = 60;

/**
 * Bounds the large bodies in memory. A free slot goes to the waiting tenant that holds the fewest, so that no tenant
 * takes more than its share while others wait.
 */
export class BodySlots {
  readonly #options: BodySlotsOptions;
  readonly #reading = new Set<Entry>();
  /** Queues by tenant. */
  readonly #waiting = new Map<string, Set<Entry>>();
  #waitingCount = 0;
  #bytes = 0;
  #smallBytes = 0;
  #averageMs = 500;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: BodySlotsOptions) {
    this.#options = options;
  }

  /** Counts bytes of bodies without a slot: positive when received, negative when finished. */
  countSmall(bytes: number): void {
    this.#smallBytes += bytes;
  }

  /** Whether a body of this size needs a slot. */
  needsSlot(bytes: number): boolean {
    return bytes > this.#options.largeBytes || this.#smallBytes > this.#options.smallBytes;
  }

  /** Requests a slot. Calls `onSlot` or `onRefusal`, possibly before it returns. */
  enter(reader: BodyReader): BodySlot {
    const entry: Entry = { ...reader, state: 'left', bytes: 0, since: performance.now() };
    if (this.#hasRoom()) this.#admit(entry);
    else this.#wait(entry);
    let holds = 0;
    const hold = (): Disposable => {
      let isHeld = true;
      holds += 1;
      return {
        [Symbol.dispose]: () => {
          if (!isHeld) return;
          isHeld = false;
          holds -= 1;
          if (holds === 0) this.#leave(entry);
        },
      };
    };
    const first = hold();
    return {
      resize: (bytes) => {
        if (entry.state === 'left') return;
        // A waiting body counts once it has its slot. Otherwise the queue alone could use up all bytes.
        if (entry.state !== 'waiting') this.#bytes += bytes - entry.bytes;
        entry.bytes = bytes;
      },
      finishReading: () => {
        if (entry.state !== 'reading') return;
        this.#endReading(entry);
        entry.state = 'served';
        this.#admitNext();
      },
      hold,
      [Symbol.dispose]: () => first[Symbol.dispose](),
    };
  }

  #hasRoom(): boolean {
    const { atOnce, bytes, maxBytes } = this.#options;
    const { size } = this.#reading;
    if (size === 0) return this.#bytes < bytes;
    const read = this.#reading.values().reduce((sum, entry) => sum + entry.bytes, 0);
    return size < atOnce && this.#bytes - read + (size + 1) * maxBytes <= bytes;
  }

  #admit(entry: Entry): void {
    entry.state = 'reading';
    entry.since = performance.now();
    this.#bytes += entry.bytes;
    this.#reading.add(entry);
    entry.onSlot();
  }

  #wait(entry: Entry): void {
    const { waiting } = this.#options;
    const queue = this.#waiting.get(entry.tenant) ?? new Set();
    if (this.#waitingCount >= waiting || queue.size >= Math.ceil(waiting / 2)) {
      entry.onRefusal(this.#refusal());
      return;
    }
    entry.state = 'waiting';
    this.#waiting.set(entry.tenant, entry.isWhole ? new Set([entry, ...queue]) : queue.add(entry));
    this.#waitingCount += 1;
    this.#timer ??= setInterval(() => this.#check(), checkMs).unref();
  }

  #leave(entry: Entry): void {
    if (entry.state === 'left') return;
    if (entry.state === 'waiting') this.#endWaiting(entry);
    else this.#bytes -= entry.bytes;
    if (entry.state === 'reading') this.#endReading(entry);
    entry.state = 'left';
    this.#admitNext();
  }

  #endWaiting(entry: Entry): void {
    const queue = this.#waiting.get(entry.tenant);
    queue?.delete(entry);
    if (queue?.size === 0) this.#waiting.delete(entry.tenant);
    this.#waitingCount -= 1;
    if (this.#waitingCount > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #endReading(entry: Entry): void {
    this.#reading.delete(entry);
    this.#averageMs += (performance.now() - entry.since - this.#averageMs) * latestShare;
  }

  #admitNext(): void {
    while (this.#hasRoom()) {
      const next = this.#findNext();
      if (!next) return;
      this.#endWaiting(next);
      this.#admit(next);
    }
  }

  #findNext(): Entry | undefined {
    const held = Map.groupBy(this.#reading, ({ tenant }) => tenant);
    const heldBy = (tenant: string): number => held.get(tenant)?.length ?? 0;
    let fewest: string | undefined;
    for (const tenant of this.#waiting.keys()) {
      if (fewest === undefined || heldBy(tenant) < heldBy(fewest)) fewest = tenant;
    }
    const queue = fewest === undefined ? undefined : this.#waiting.get(fewest);
    if (fewest === undefined || queue === undefined) return undefined;
    // Move the tenant to the end, behind others that hold as few.
    this.#waiting.delete(fewest);
    this.#waiting.set(fewest, queue);
    const [next] = queue;
    return next;
  }

  /** Refuses bodies that exceed `waitMs`, or `readMs` while others wait. */
  #check(): void {
    const now = performance.now();
    const { readMs, waitMs } = this.#options;
    for (const entry of this.#reading) {
      if (now - entry.since < readMs) continue;
      this.#refuse(entry, 'The request body was received too slowly while others waited. Please try again later.');
    }
    for (const queue of [...this.#waiting.values()]) {
      for (const entry of [...queue]) if (now - entry.since >= waitMs) this.#refuse(entry);
    }
  }

  #refuse(entry: Entry, message?: string): void {
    this.#leave(entry);
    entry.onRefusal(this.#refusal(message));
  }

  #refusal(message = 'Too many large requests are being read at once. Please try again later.'): ApiError {
    const waves = (this.#waitingCount + 1) / this.#options.atOnce;
    const seconds = Math.ceil((waves * this.#averageMs) / 1000);
    return new ApiError('rate_limit_exceeded', message, { retryAfter: Math.min(seconds, longestRetrySeconds) });
  }
}
