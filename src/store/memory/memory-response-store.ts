import type { ResponseId } from '../../ids.ts';
import { createClosedError } from '../closed-error.ts';
import type { ResponseStore, StoredHistory, StoredItem, StoredResponse, StoredTurn } from '../store.ts';
import { type RecencyLinks, RecencyList } from './recency-list.ts';

/** One response as it is kept; in the list of the visible ones, or needed by an entry that continues it. */
interface Entry extends RecencyLinks<Entry> {
  readonly key: string;
  readonly id: ResponseId;
  readonly parent: Entry | undefined;
  /** Entries whose `parent` this is. */
  children: number;
  visible: boolean;
  content: Content;
}

/**
 * Items and resource are JSON text: a caller can't change what is kept through an object it still holds, every
 * backend gives back the same thing, and in and out it costs less than half of `structuredClone`.
 */
interface Content {
  sessionId: string;
  createdAt: number;
  items: string;
  resource: string;
}

type Items = Pick<StoredTurn, 'input' | 'output'>;

/** Responses in the memory of this process. */
export class MemoryResponseStore implements ResponseStore {
  readonly #maxResponses: number;
  readonly #entries = new Map<string, Entry>();
  #visible = new RecencyList<Entry>();
  #closed = false;

  constructor(maxResponses: number) {
    this.#maxResponses = maxResponses;
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** Responses in memory, those included that only their descendants still need. For watching memory. */
  get kept(): number {
    return this.#entries.size;
  }

  async get(tenant: string, id: ResponseId): Promise<StoredResponse | undefined> {
    const entry = this.#use(tenant, id);
    if (entry === undefined) return undefined;
    const { sessionId, createdAt, items, resource } = entry.content;
    return {
      id,
      tenant,
      parentId: entry.parent?.id,
      sessionId,
      createdAt,
      ...parseItems(items),
      resource: parseResource(resource),
    };
  }

  async history(tenant: string, id: ResponseId): Promise<StoredHistory | undefined> {
    const entry = this.#use(tenant, id);
    if (entry === undefined) return undefined;
    const turns: StoredTurn[] = [];
    for (let turn: Entry | undefined = entry; turn !== undefined; turn = turn.parent) {
      turns.push({ id: turn.id, ...parseItems(turn.content.items) });
    }
    const { sessionId, resource } = entry.content;
    return { sessionId, instructions: parseResource(resource)['instructions'] ?? null, turns: turns.reverse() };
  }

  async put(response: StoredResponse): Promise<void> {
    this.#assertOpen();
    const content = toContent(response);
    const entry = this.#entries.get(toKey(response.tenant, response.id)) ?? this.#add(response, content);
    entry.content = content;
    this.#show(entry);
    while (this.#visible.size > this.#maxResponses && this.#visible.oldest) this.#hide(this.#visible.oldest);
  }

  async delete(tenant: string, id: ResponseId): Promise<boolean> {
    this.#assertOpen();
    const entry = this.#entries.get(toKey(tenant, id));
    if (!entry?.visible) return false;
    this.#hide(entry);
    return true;
  }

  async count(): Promise<number> {
    this.#assertOpen();
    return this.#visible.size;
  }

  /** Forgets everything; every later call rejects. */
  close(): void {
    this.#closed = true;
    this.#entries.clear();
    this.#visible = new RecencyList();
  }

  #assertOpen(): void {
    if (this.#closed) throw createClosedError();
  }

  #use(tenant: string, id: ResponseId): Entry | undefined {
    this.#assertOpen();
    const entry = this.#entries.get(toKey(tenant, id));
    if (!entry?.visible) return undefined;
    this.#visible.makeMostRecent(entry);
    return entry;
  }

  #add({ id, tenant, parentId }: StoredResponse, content: Content): Entry {
    const key = toKey(tenant, id);
    const parent = parentId === undefined ? undefined : this.#entries.get(toKey(tenant, parentId));
    if (parent !== undefined) parent.children += 1;
    const entry = { key, id, parent, children: 0, visible: false, content, older: undefined, newer: undefined };
    this.#entries.set(key, entry);
    return entry;
  }

  #show(entry: Entry): void {
    if (entry.visible) this.#visible.makeMostRecent(entry);
    else this.#visible.add(entry);
    entry.visible = true;
  }

  /** Hides an entry, then drops it and its hidden ancestors up to the first that is visible or has another child. */
  #hide(entry: Entry): void {
    this.#visible.remove(entry);
    entry.visible = false;
    let last: Entry | undefined = entry;
    while (last !== undefined && !last.visible && last.children === 0) {
      this.#entries.delete(last.key);
      if (last.parent !== undefined) last.parent.children -= 1;
      last = last.parent;
    }
  }
}

/** The length keeps a tenant that contains spaces apart from every other pair. */
const toKey = (tenant: string, id: ResponseId): string => `${tenant.length} ${tenant} ${id}`;

function toContent({ sessionId, createdAt, input, output, resource }: StoredResponse): Content {
  return { sessionId, createdAt, items: JSON.stringify({ input, output }), resource: JSON.stringify(resource) };
}

function parseItems(text: string): Items {
  const items: { input: StoredItem[]; output: StoredItem[] } = JSON.parse(text);
  return items;
}

function parseResource(text: string): Record<string, unknown> {
  const resource: Record<string, unknown> = JSON.parse(text);
  return resource;
}
