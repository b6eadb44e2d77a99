import { limits } from '../../../config/limits.ts';
import { separator } from './separators.ts';

export interface OpenLogParts {
  /** Identifies the run in this process. */
  name: string;
  key: number;
  owner: string;
  /** The window that the row of the run names. With the key, it identifies the run: keys are used again. */
  start: number;
  /** The number of events in rows of its own. */
  events: number;
}

/** The log of a running run that one handle writes. */
export class OpenLog {
  readonly name: string;
  readonly key: number;
  readonly owner: string;
  readonly start: number;
  /** The number of events in rows of its own. */
  events: number;
  /** The events after those. They are in windows. */
  newest: string[] = [];
  /** The window with the first of them. */
  window = 0;
  /** The number of the last check of the owner. */
  check: number;
  #bytes = 0;

  constructor({ name, key, owner, start, events }: OpenLogParts, check: number) {
    this.name = name;
    this.key = key;
    this.owner = owner;
    this.start = start;
    this.events = events;
    this.check = check;
  }

  /** The number of all events. */
  get count(): number {
    return this.events + this.newest.length;
  }

  /** Whether the newest events have to get a row of their own. */
  get isFull(): boolean {
    return this.newest.length >= limits.logRowEvents || this.#bytes >= limits.logRowBytes;
  }

  /** Adds events, and returns them as one text with its bytes. */
  add(events: readonly string[]): { body: string; bytes: number } {
    for (const event of events) this.newest.push(event);
    const body = events.join(separator);
    const bytes = Buffer.byteLength(body);
    this.#bytes += bytes;
    return { body, bytes };
  }

  /** Moves the newest events to a row of their own. */
  advance(): void {
    this.events = this.count;
    this.newest = [];
    this.#bytes = 0;
  }
}
