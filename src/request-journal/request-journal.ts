import { limits } from '../config/limits.ts';
import type { JournalRecord, RequestArrival } from './journal-record.ts';
import { RecordedReply } from './recorded-reply.ts';

export interface JournalBounds {
  /** Most requests. */
  entries: number;
  /** Most bytes of bodies and replies together. */
  bytes: number;
  /** Most bytes of one body, and most characters of one reply. */
  bodyBytes: number;
}

const standardBounds = { bytes: limits.journalBytes, bodyBytes: limits.journalBodyBytes };

/** Keeps the latest requests of clients, and their replies, in memory. */
export class RequestJournal {
  readonly #bounds: JournalBounds;
  readonly #now: () => number;
  /** Oldest first. */
  #records: JournalRecord[] = [];
  #bytes = 0;
  #position = 0;
  readonly #watchers = new Set<() => void>();

  constructor(bounds: Pick<JournalBounds, 'entries'> & Partial<JournalBounds>, now: () => number = Date.now) {
    this.#bounds = { ...standardBounds, ...bounds };
    this.#now = now;
  }

  /** The requests, oldest first. */
  get records(): readonly JournalRecord[] {
    return this.#records;
  }

  /** Creates the record of a request. It isn't in the journal before `add`. */
  open(arrival: RequestArrival): JournalRecord {
    return {
      ...arrival,
      position: 0,
      arrivedAt: this.#now(),
      operation: undefined,
      tenant: undefined,
      body: undefined,
      bodyBytes: 0,
      isBodyTruncated: false,
      outcome: 'in_progress',
      status: undefined,
      error: undefined,
      milliseconds: undefined,
      reply: new RecordedReply(this.#bounds.bodyBytes),
      verdict: undefined,
    };
  }

  /** Adds a request, and reports a change to the waiting requests. */
  add(record: JournalRecord): void {
    this.#position += 1;
    record.position = this.#position;
    if (record.bodyBytes > this.#bounds.bodyBytes) Object.assign(record, { body: undefined, isBodyTruncated: true });
    this.#records.push(record);
    this.#bytes += record.isBodyTruncated ? 0 : record.bodyBytes;
    this.#trim();
    this.#notify();
  }

  /** Ends a request, which may have been dropped meanwhile. */
  end(record: JournalRecord, end: Pick<JournalRecord, 'outcome' | 'status' | 'error'>): void {
    const isFirst = record.milliseconds === undefined;
    Object.assign(record, end, { milliseconds: this.#now() - record.arrivedAt });
    if (isFirst && this.#holds(record)) this.#bytes += record.reply.length;
    this.#trim();
    this.#notify();
  }

  /** Removes all requests. Returns their number. */
  reset(): number {
    const { length } = this.#records;
    this.#records = [];
    this.#bytes = 0;
    return length;
  }

  /** Calls back after each change, at most once in a turn of the event loop, until disposed. */
  watch(onChange: () => void): Disposable {
    let isScheduled = false;
    const schedule = () => {
      if (isScheduled) return;
      isScheduled = true;
      setImmediate(() => {
        isScheduled = false;
        if (this.#watchers.has(schedule)) onChange();
      });
    };
    this.#watchers.add(schedule);
    return { [Symbol.dispose]: () => this.#watchers.delete(schedule) };
  }

  #notify(): void {
    for (const schedule of this.#watchers) schedule();
  }

  /** Drops the oldest requests. The newest one stays, however large. */
  #trim(): void {
    const { entries, bytes } = this.#bounds;
    let dropped = 0;
    while (this.#records.length - dropped > entries || (this.#bytes > bytes && this.#records.length - dropped > 1)) {
      const record = this.#records[dropped];
      if (!record) break;
      this.#bytes -= bytesOf(record);
      dropped += 1;
    }
    if (dropped > 0) this.#records.splice(0, dropped);
  }

  #holds(record: JournalRecord): boolean {
    const first = this.#records[0];
    return first !== undefined && record.position >= first.position;
  }
}

const bytesOf = ({ bodyBytes, isBodyTruncated, milliseconds, reply }: JournalRecord): number =>
  (isBodyTruncated ? 0 : bodyBytes) + (milliseconds === undefined ? 0 : reply.length);
