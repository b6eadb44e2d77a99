import type { ResponseId } from '../../ids.ts';
import { createClosedError } from '../closed-error.ts';
import type { ResponseStore, StoredHistory, StoredItem, StoredResponse, StoredTurn } from '../store.ts';

/**
 * One response as it is kept. The contents are JSON text: a caller can't change what is kept through an object it
 * still holds, every backend gives back the same thing, and it costs a third of `structuredClone`.
 */
interface Entry {
  readonly key: string;
  readonly id: ResponseId;
  readonly parent: Entry | undefined;
  /** Entries whose `parent` this is. */
  children: number;
  content: Content;
}

interface Content {
  sessionId: string;
  createdAt: number;
  items: string;
  resource: string;
}

type Items = Pick<StoredTurn, 'input' | 'output'>;

/** Responses in two maps: those that `get` sees, in order of use, and those kept only for their descendants. */
export class MemoryResponseStore implements ResponseStore {
  readonly #maxResponses: number;
  readonly #visible = new Map<string, Entry>();
  readonly #hidden = new Map<string, Entry>();
  #closed = false;

  constructor(maxResponses: number) {
    this.#maxResponses = maxResponses;
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** Responses in memory, those included that only their descendants still need. For watching memory. */
  get kept(): number {
    return this.#visible.size + this.#hidden.size;
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
    const key = toKey(response.tenant, response.id);
    const entry = this.#find(key) ?? this.#add(key, response, content);
    entry.content = content;
    this.#hidden.delete(key);
    this.#makeMostRecent(entry);
    this.#evict();
  }

  async delete(tenant: string, id: ResponseId): Promise<boolean> {
    this.#assertOpen();
    const entry = this.#visible.get(toKey(tenant, id));
    if (entry === undefined) return false;
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
    this.#visible.clear();
    this.#hidden.clear();
  }

  #assertOpen(): void {
    if (this.#closed) throw createClosedError();
  }

  #use(tenant: string, id: ResponseId): Entry | undefined {
    this.#assertOpen();
    const entry = this.#visible.get(toKey(tenant, id));
    if (entry !== undefined) this.#makeMostRecent(entry);
    return entry;
  }

  #find(key: string): Entry | undefined {
    return this.#visible.get(key) ?? this.#hidden.get(key);
  }

  #add(key: string, { id, tenant, parentId }: StoredResponse, content: Content): Entry {
    const parent = parentId === undefined ? undefined : this.#find(toKey(tenant, parentId));
    if (parent !== undefined) parent.children += 1;
    return { key, id, parent, children: 0, content };
  }

  /** A map keeps the order of insertion, so its first entry is the least recently used. */
  #makeMostRecent(entry: Entry): void {
    this.#visible.delete(entry.key);
    this.#visible.set(entry.key, entry);
  }

  #evict(): void {
    for (const entry of this.#visible.values()) {
      if (this.#visible.size <= this.#maxResponses) return;
      this.#hide(entry);
    }
  }

  #hide(entry: Entry): void {
    this.#visible.delete(entry.key);
    this.#hidden.set(entry.key, entry);
    let last: Entry | undefined = entry;
    while (last !== undefined && last.children === 0 && this.#hidden.delete(last.key)) {
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
