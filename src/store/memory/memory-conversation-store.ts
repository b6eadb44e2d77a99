import { type ConversationId, createSessionId } from '../../ids.ts';
import type {
  ConversationHistory,
  ConversationQuery,
  ConversationStore,
  NewConversation,
  StoredConversation,
} from '../conversation-store.ts';
import { type HistoryBounds, noHistoryBounds } from '../history-bounds.ts';
import type { PageRequest, PageResult } from '../page.ts';
import { fromNumberCursor } from '../shared/cursors.ts';
import { toFoundPage } from '../shared/to-found-page.ts';
import { toKey } from '../shared/to-key.ts';
import type { ReapRequest } from '../store.ts';
import type { StoredItem } from '../stored-item.ts';
import { toPage } from '../to-page.ts';
import { BoundedMap } from './bounds/bounded-map.ts';
import type { BudgetPart, ByteBudget } from './bounds/byte-budget.ts';
import { findExpired } from './bounds/find-expired.ts';
import { sumBytes } from './bounds/sum-bytes.ts';
import { ItemIndex } from './content/item-index.ts';
import { readItems } from './content/read-items.ts';
import { countBytes, fromSerializedItem, type SerializedItem, toSerializedItem } from './content/serialized-item.ts';
import type { Lifetime } from './lifetime.ts';

/** A conversation in memory. */
export interface ConversationEntry {
  readonly id: ConversationId;
  readonly tenant: string;
  readonly createdAt: number;
  readonly sessionId: string;
  /** Increases with each created conversation. */
  readonly sequence: number;
  metadata: Record<string, string>;
  items: SerializedItem[];
  /** Bytes of the items and the metadata. */
  bytes: number;
  expiresAt: number | undefined;
  /** Whether it was deleted or evicted, for entries that still refer to it. */
  isRemoved: boolean;
}

/** Conversations in the memory of this process. */
export class MemoryConversationStore implements ConversationStore, BudgetPart {
  readonly #lifetime: Lifetime;
  readonly #budget: ByteBudget;
  readonly #conversations: BoundedMap<ConversationEntry>;
  readonly #index = new ItemIndex<ConversationEntry>();
  #created = 0;
  #bytes = 0;

  constructor(maximum: number, lifetime: Lifetime, budget: ByteBudget) {
    this.#lifetime = lifetime;
    this.#budget = budget;
    this.#conversations = new BoundedMap(maximum, (entry) => {
      entry.isRemoved = true;
      this.#bytes -= entry.bytes;
      this.#index.remove(entry, entry.items);
    });
  }

  /** The number of conversations. For tests. */
  get size(): number {
    return this.#conversations.size;
  }

  /** The number of distinct items in the index. For tests. */
  get indexSize(): number {
    return this.#index.size;
  }

  /** Bytes of all conversations. Items shared with responses count in both, since either may be deleted first. */
  get bytes(): number {
    return this.#bytes;
  }

  evictOldest(kept: ReadonlySet<unknown>): boolean {
    return this.#conversations.evictOldest(kept);
  }

  async create({ id, tenant, createdAt, metadata, items, expiresAt }: NewConversation): Promise<void> {
    if (this.use(tenant, id)) throw new Error(`Conversation ${id} already exists.`);
    const serialized = items.map(toSerializedItem);
    const bytes = countBytes(serialized) + measureMetadata(metadata);
    this.#budget.assertRoom(bytes);
    const entry: ConversationEntry = {
      id,
      tenant,
      createdAt,
      sessionId: createSessionId(),
      sequence: this.#created++,
      metadata: { ...metadata },
      items: serialized,
      bytes,
      expiresAt,
      isRemoved: false,
    };
    this.#index.add(entry, entry.items);
    this.#bytes += bytes;
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
    if (entry === undefined) return undefined;
    const added = measureMetadata(metadata) - measureMetadata(entry.metadata);
    this.#budget.assertRoom(added, new Set([entry]));
    this.#resize(entry, added);
    entry.metadata = { ...metadata };
    return toStored(entry);
  }

  async delete(tenant: string, id: ConversationId): Promise<boolean> {
    this.#lifetime.assertOpen();
    return this.#conversations.delete(toKey(tenant, id));
  }

  async items(tenant: string, id: ConversationId, request: PageRequest): Promise<PageResult<StoredItem> | undefined> {
    const entry = this.use(tenant, id);
    const page = entry && toPage(entry.items, request, { toBytes: ({ bytes }) => bytes });
    return typeof page === 'object' ? { ...page, data: page.data.map(fromSerializedItem) } : page;
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
    return item === undefined ? 'no-item' : fromSerializedItem(item);
  }

  async append(tenant: string, id: ConversationId, items: StoredItem[], expiresAt?: number): Promise<boolean> {
    const entry = this.use(tenant, id);
    if (entry === undefined) return false;
    const serialized = items.map(toSerializedItem);
    this.#budget.assertRoom(countBytes(serialized), new Set([entry]));
    this.appendSerialized(entry, serialized, expiresAt);
    return true;
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
    this.#resize(entry, -countBytes(deleted));
    return 'deleted';
  }

  async search({ after, id, tenant, limit }: ConversationQuery) {
    this.#lifetime.assertOpen();
    const before = fromNumberCursor(after);
    if (before === undefined) return 'unknown-after';
    const rows = this.#conversations
      .newestFirst()
      .filter(
        ({ value, used }) =>
          used < before && (tenant ?? value.tenant) === value.tenant && (id ?? value.id) === value.id,
      )
      .take(limit + 1)
      .toArray();
    return toFoundPage(rows, {
      limit,
      boundary: undefined,
      toCursor: ({ used }) => String(used),
      toEntry: ({ value }) => ({ ...toStored(value), tenant: value.tenant, items: value.items.length }),
    });
  }

  /** Returns a conversation and marks it as most recently used. */
  use(tenant: string, id: ConversationId): ConversationEntry | undefined {
    this.#lifetime.assertOpen();
    return this.#conversations.use(toKey(tenant, id));
  }

  /** Appends items that may be shared with a response. The caller has reserved their bytes. */
  appendSerialized(entry: ConversationEntry, items: readonly SerializedItem[], expiresAt: number | undefined): void {
    this.#index.add(entry, items);
    this.#resize(entry, countBytes(items));
    for (const item of items) entry.items.push(item);
    if (entry.expiresAt !== undefined) entry.expiresAt = Math.max(entry.expiresAt, expiresAt ?? 0);
  }

  /** Returns the newest item with an id, of the conversation created last that has one. */
  findItem(tenant: string, itemId: string): SerializedItem | undefined {
    let newest: ConversationEntry | undefined;
    for (const owner of this.#index.owners(tenant, itemId)) {
      if (newest === undefined || owner.sequence > newest.sequence) newest = owner;
    }
    return newest?.items.findLast((item) => item.id === itemId);
  }

  /** Returns the bytes of JSON that a tenant has stored. */
  bytesOf(tenant: string): number {
    return sumBytes(this.#conversations.values(), tenant, ({ bytes }) => bytes);
  }

  /** Removes expired conversations and returns their number. */
  reap(request: ReapRequest): number {
    const expired = findExpired(this.#conversations.values(), (entry) => entry.expiresAt, request);
    for (const { tenant, id } of expired) this.#conversations.delete(toKey(tenant, id));
    return expired.length;
  }

  clear(): void {
    this.#conversations.clear();
    this.#index.clear();
    this.#bytes = 0;
  }

  #resize(entry: ConversationEntry, added: number): void {
    entry.bytes += added;
    this.#bytes += added;
  }
}

const measureMetadata = (metadata: Record<string, string>): number => Buffer.byteLength(JSON.stringify(metadata));

const toStored = ({ id, createdAt, metadata }: ConversationEntry): StoredConversation => ({
  id,
  createdAt,
  metadata: { ...metadata },
});
