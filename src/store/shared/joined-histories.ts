import { limits } from '../../config/limits.ts';
import type { ResponseId } from '../../ids.ts';
import type { JoinedHistory } from '../response-store.ts';

/** The end of a joined history: the fragment of its last response. */
export interface JoinedEnd {
  tenant: string;
  id: ResponseId;
  parentId: ResponseId | null;
  /** JSON texts, separated by commas. */
  messages: string;
  /** JSON strings, separated by commas. */
  system: string;
  /** JSON. */
  openCalls: string;
}

/** The fragments of a chain, joined. */
export interface JoinedTexts {
  messages: string;
  system: string;
}

interface Entry {
  /** The messages of the first `length` bytes, and room for more. */
  space: Buffer;
  length: number;
  system: readonly string[];
  /** Of their JSON. */
  systemBytes: number;
  /** Milliseconds. */
  usedAt: number;
}

/**
 * Keeps the most recently used joined histories, by their last response. A history does not change: that of a response
 * is its parent's and one more fragment, which is appended in place. Callers read the last response from the store
 * first, so a deleted one is not found.
 */
export class JoinedHistories {
  readonly #maxBytes: number;
  /** Least recently used first. */
  readonly #entries = new Map<string, Entry>();
  #bytes = 0;

  constructor(maxBytes: number = limits.joinedHistoryBytes) {
    this.#maxBytes = maxBytes;
  }

  /** Bytes of all histories, with their system messages, their room for more and a constant for each. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Returns a history if it, or that of its parent, is in memory. */
  extend(end: JoinedEnd): JoinedHistory | undefined {
    const known = this.#take(toKey(end, end.id));
    if (known) return this.#add(end, known);
    const parent = end.parentId === null ? createEntry() : this.#take(toKey(end, end.parentId));
    return parent && this.#add(end, append(parent, end));
  }

  /** Adds a history that was read. */
  add(end: JoinedEnd, joined: JoinedTexts): JoinedHistory {
    return this.#add(end, append(createEntry(), joined));
  }

  /** Forgets the history of a response that was deleted or replaced. */
  forget(tenant: string, id: ResponseId): void {
    this.#take(toKey({ tenant }, id));
  }

  /** Forgets histories that were not used for `limits.joinedHistoryMs`. */
  expire(now: number): void {
    for (const [key, { usedAt }] of this.#entries) {
      if (usedAt > now - limits.joinedHistoryMs) return;
      this.#take(key);
    }
  }

  #take(key: string): Entry | undefined {
    const entry = this.#entries.get(key);
    if (!entry) return undefined;
    this.#entries.delete(key);
    this.#bytes -= countBytes(entry);
    return entry;
  }

  #add(end: JoinedEnd, entry: Entry): JoinedHistory {
    this.#entries.set(toKey(end, end.id), { ...entry, usedAt: Date.now() });
    this.#bytes += countBytes(entry);
    for (const key of this.#entries.keys()) {
      if (this.#bytes <= this.#maxBytes) break;
      this.#take(key);
    }
    const { space, length, system } = entry;
    const openCalls: string[] = JSON.parse(end.openCalls);
    const messages = space.subarray(0, length);
    return { messages, system, openCalls, parentId: end.parentId ?? undefined, lastTurn: end.messages };
  }
}

const createEntry = (): Entry => ({ space: Buffer.alloc(0), length: 0, system: [], systemBytes: 0, usedAt: 0 });

const countBytes = ({ space, systemBytes }: Entry): number =>
  limits.joinedHistoryEntryBytes + space.length + systemBytes;

/** Appends texts to a history. Only one history extends an entry, since it is taken out first. */
function append({ space, length, ...entry }: Entry, { messages, system }: JoinedTexts): Entry {
  const own: string[] = JSON.parse(`[${system}]`);
  const text = length > 0 && messages !== '' ? `,${messages}` : messages;
  const needed = length + Buffer.byteLength(text);
  const grown = needed > space.length ? grow(space.subarray(0, length), needed) : space;
  grown.write(text, length);
  const systemBytes = entry.systemBytes + Buffer.byteLength(system);
  return { ...entry, space: grown, length: needed, system: [...entry.system, ...own], systemBytes };
}

/** Returns the same bytes with room for as many as needed, and for half as many more. */
function grow(bytes: Buffer, needed: number): Buffer {
  const grown = Buffer.allocUnsafeSlow(Math.ceil(needed * 1.5));
  bytes.copy(grown);
  return grown;
}

/** An id has no spaces. */
const toKey = ({ tenant }: { tenant: string }, id: ResponseId): string => `${id} ${tenant}`;
