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
  messages: Buffer;
  system: readonly string[];
  /** Milliseconds. */
  usedAt: number;
}

/**
 * The joined histories that were used last, by their last responses. A past does not change: a history is that of its
 * parent and one fragment more. Callers read the last response first, so one that was deleted is not found.
 */
export class JoinedHistories {
  readonly #maxBytes: number;
  /** Least recently used first. */
  readonly #entries = new Map<string, Entry>();
  #bytes = 0;

  constructor(maxBytes: number = limits.joinedHistoryBytes) {
    this.#maxBytes = maxBytes;
  }

  /** Bytes of all histories. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Returns a history if it, or that of its parent, is in memory. */
  extend(end: JoinedEnd): JoinedHistory | undefined {
    const known = this.#take(toKey(end, end.id));
    if (known) return this.#add(end, known);
    const parent = end.parentId === null ? { messages: noBytes, system: [] } : this.#take(toKey(end, end.parentId));
    if (!parent) return undefined;
    const own = toTexts(end);
    const parts = [parent.messages, own.messages].filter(({ length }) => length > 0);
    const messages = parts.length > 1 ? Buffer.concat([parent.messages, comma, own.messages]) : (parts[0] ?? noBytes);
    return this.#add(end, { messages, system: [...parent.system, ...own.system] });
  }

  /** Adds a history that was read. */
  add(end: JoinedEnd, joined: JoinedTexts): JoinedHistory {
    return this.#add(end, toTexts(joined));
  }

  /** Forgets the history of a response that was deleted or replaced. */
  forget(tenant: string, id: ResponseId): void {
    this.#take(toKey({ tenant }, id));
  }

  /** Forgets histories that were not used lately. */
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
    this.#bytes -= entry.messages.length;
    return entry;
  }

  #add(end: JoinedEnd, { messages, system }: Omit<Entry, 'usedAt'>): JoinedHistory {
    this.#entries.set(toKey(end, end.id), { messages, system, usedAt: Date.now() });
    this.#bytes += messages.length;
    for (const key of this.#entries.keys()) {
      if (this.#bytes <= this.#maxBytes) break;
      this.#take(key);
    }
    const openCalls: string[] = JSON.parse(end.openCalls);
    return { messages, system, openCalls };
  }
}

const noBytes = Buffer.alloc(0);
const comma = Buffer.from(',');

function toTexts({ messages, system }: JoinedTexts): Omit<Entry, 'usedAt'> {
  const texts: string[] = JSON.parse(`[${system}]`);
  return { messages: Buffer.from(messages), system: texts };
}

/** An id has no spaces. */
const toKey = ({ tenant }: { tenant: string }, id: ResponseId): string => `${id} ${tenant}`;
