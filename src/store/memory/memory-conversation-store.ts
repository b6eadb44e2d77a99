import { type ConversationId, createSessionId } from '../../ids.ts';
import type {
  ConversationHistory,
  ConversationStore,
  NewConversation,
  StoredConversation,
} from '../conversation-store.ts';
import { countHeads, readCut } from '../cut-history.ts';
import { type HistoryBounds, noHistoryBounds } from '../history-bounds.ts';
import type { PageRequest, PageResult } from '../page.ts';
import type { ReapRequest } from '../store.ts';
import type { StoredItem } from '../stored-item.ts';
import { toLimitedItems } from '../to-limited-items.ts';
import { toPage } from '../to-page.ts';
import { BoundedMap } from './bounded-map.ts';
import { due } from './due.ts';
import { ItemIndex } from './item-index.ts';
import { countBytes, fromKeptItem, type KeptItem, toKeptItem } from './kept-item.ts';
import type { Lifetime } from './lifetime.ts';
import { sumBytes } from './sum-bytes.ts';
import { toKey } from './to-key.ts';

/** One conversation as it is kept. */
export interface ConversationEntry {
  readonly id: ConversationId;
  readonly tenant: string;
  readonly createdAt: number;
  readonly sessionId: string;
  /** Grows with each conversation made. */
  readonly sequence: number;
  metadata: Record<string, string>;
  items: KeptItem[];
  expiresAt: number | undefined;
  /** Deleted or evicted: what still names it has lost it. */
  gone: boolean;
}

/** Conversations in the memory of this process. */
export class MemoryConversationStore implements ConversationStore {
  readonly #lifetime: Lifetime;
  readonly #conversations: BoundedMap<ConversationEntry>;
  readonly #index = new ItemIndex<ConversationEntry>();
  #created = 0;

  constructor(maximum: number, lifetime: Lifetime) {
    this.#lifetime = lifetime;
    this.#conversations = new BoundedMap(maximum, (entry) => {
      entry.gone = true;
      this.#index.remove(entry, entry.items);
    });
  }

  /** Conversations in memory. For watching memory. */
  get kept(): number {
    return this.#conversations.size;
  }

  /** Different items that can be found by id. For watching memory. */
  get indexed(): number {
    return this.#index.size;
  }

  async create({ id, tenant, createdAt, metadata, items, expiresAt }: NewConversation): Promise<void> {
    if (this.use(tenant, id)) throw new Error(`There is a conversation ${id} already.`);
    const entry: ConversationEntry = {
      id,
      tenant,
      createdAt,
      sessionId: createSessionId(),
      sequence: this.#created++,
      metadata: { ...metadata },
      items: items.map(toKeptItem),
      expiresAt,
      gone: false,
    };
    this.#index.add(entry, entry.items);
    this.#conversations.set(toKey(tenant, id), entry);
  }

  async get(tenant: string, id: ConversationId): Promise<StoredConversation | undefined> {
    const entry = this.use(tenant, id);
    return entry && toStored(entry);
  }

  async update(
    tenant: string,
    id: ConversationId,
    metadata: Record<string, string>,
  ): Promise<StoredConversation | undefined> {
    const entry = this.use(tenant, id);
    if (entry !== undefined) entry.metadata = { ...metadata };
    return entry && toStored(entry);
  }

  async delete(tenant: string, id: ConversationId): Promise<boolean> {
    this.#lifetime.assertOpen();
    return this.#conversations.delete(toKey(tenant, id));
  }

  async items(tenant: string, id: ConversationId, request: PageRequest): Promise<PageResult<StoredItem> | undefined> {
    const entry = this.use(tenant, id);
    const page = entry && toPage(entry.items, request);
    return typeof page === 'object' ? { ...page, data: page.data.map(fromKeptItem) } : page;
  }

  async history(
    tenant: string,
    id: ConversationId,
    bounds: HistoryBounds = noHistoryBounds,
  ): Promise<ConversationHistory | undefined> {
    const entry = this.use(tenant, id);
    return entry && { sessionId: entry.sessionId, ...readItems(entry.items, bounds) };
  }

  async item(tenant: string, id: ConversationId, itemId: string): Promise<StoredItem | 'no-item' | 'no-conversation'> {
    const entry = this.use(tenant, id);
    if (entry === undefined) return 'no-conversation';
    const item = entry.items.findLast((candidate) => candidate.id === itemId);
    return item === undefined ? 'no-item' : fromKeptItem(item);
  }

  async append(tenant: string, id: ConversationId, items: StoredItem[], expiresAt?: number): Promise<boolean> {
    const entry = this.use(tenant, id);
    if (entry !== undefined) this.appendKept(entry, items.map(toKeptItem), expiresAt);
    return entry !== undefined;
  }

  async deleteItem(
    tenant: string,
    id: ConversationId,
    itemId: string,
  ): Promise<'deleted' | 'no-item' | 'no-conversation'> {
    const entry = this.use(tenant, id);
    if (entry === undefined) return 'no-conversation';
    const deleted = entry.items.filter((item) => item.id === itemId);
    if (deleted.length === 0) return 'no-item';
    entry.items = entry.items.filter((item) => item.id !== itemId);
    this.#index.remove(entry, deleted);
    return 'deleted';
  }

  /** The conversation, made the most recently used. */
  use(tenant: string, id: ConversationId): ConversationEntry | undefined {
    this.#lifetime.assertOpen();
    return this.#conversations.use(toKey(tenant, id));
  }

  /** Appends items that may be shared with a response. */
  appendKept(entry: ConversationEntry, items: readonly KeptItem[], expiresAt: number | undefined): void {
    this.#index.add(entry, items);
    for (const item of items) entry.items.push(item);
    if (entry.expiresAt !== undefined) entry.expiresAt = Math.max(entry.expiresAt, expiresAt ?? 0);
  }

  /** The newest item of an id, of the conversation made last that has one. */
  findItem(tenant: string, itemId: string): KeptItem | undefined {
    let newest: ConversationEntry | undefined;
    for (const owner of this.#index.owners(tenant, itemId)) {
      if (newest === undefined || owner.sequence > newest.sequence) newest = owner;
    }
    return newest?.items.findLast((item) => item.id === itemId);
  }

  /** Bytes of JSON that a tenant has stored. Items that responses share count here too: either may be deleted first. */
  bytesOf(tenant: string): number {
    return sumBytes(this.#conversations.values(), tenant, ({ items, metadata }) => {
      return countBytes(items) + Buffer.byteLength(JSON.stringify(metadata));
    });
  }

  /** How many conversations it removed. */
  reap(request: ReapRequest): number {
    const expired = due(this.#conversations.values(), (entry) => entry.expiresAt, request);
    for (const { tenant, id } of expired) this.#conversations.delete(toKey(tenant, id));
    return expired.length;
  }

  clear(): void {
    this.#conversations.clear();
    this.#index.clear();
  }
}

const toStored = ({ id, createdAt, metadata }: ConversationEntry): StoredConversation => ({
  id,
  createdAt,
  metadata: { ...metadata },
});

function readItems(items: readonly KeptItem[], bounds: HistoryBounds): Omit<ConversationHistory, 'sessionId'> {
  if (items.length <= bounds.items && countBytes(items) <= bounds.bytes) return { items: items.map(fromKeptItem) };
  const heads = items
    .map((item, index) => ({ ...item, index }))
    .slice(-countHeads(bounds))
    .reverse();
  const read = readCut(heads, bounds, {
    from: ({ index }) => items.slice(index).map(fromKeptItem),
    one: (head) => [fromKeptItem(head)],
    toItem: (item) => item,
  });
  return toLimitedItems(read);
}
