import type { ResponseId } from '../../ids.ts';
import { type HistoryBounds, noHistoryBounds } from '../history-bounds.ts';
import type { ResponseQuery, ResponseStore, StoredHistory, StoredResponse } from '../response-store.ts';
import { fromNumberCursor } from '../shared/cursors.ts';
import { toKey } from '../shared/to-key.ts';
import { toLastState } from '../shared/to-last-state.ts';
import type { ReapRequest } from '../store.ts';
import type { StoredItem } from '../stored-item.ts';
import type { BudgetPart, ByteBudget } from './bounds/byte-budget.ts';
import { findExpired } from './bounds/find-expired.ts';
import { RecencyList } from './bounds/recency-list.ts';
import { sumBytes } from './bounds/sum-bytes.ts';
import { ItemIndex } from './content/item-index.ts';
import { readTurns } from './content/read-turns.ts';
import { parseResource, type ResponseContent, toContent } from './content/response-content.ts';
import {
  createEntry,
  findItem,
  type ResponseEntry,
  toStored,
  type WriteOptions,
  type Writing,
} from './content/response-entry.ts';
import { readEntryTree, searchEntries } from './content/search-entries.ts';
import { fromSerializedItem, type SerializedItem } from './content/serialized-item.ts';
import type { Lifetime } from './lifetime.ts';
import type { MemoryConversationStore } from './memory-conversation-store.ts';
import type { RunTable } from './run-table.ts';

export interface MemoryResponseStoreParts {
  lifetime: Lifetime;
  conversations: MemoryConversationStore;
  runs: RunTable;
  budget: ByteBudget;
}

/** Responses in the memory of this process. */
export class MemoryResponseStore implements ResponseStore, BudgetPart {
  readonly #maxResponses: number;
  readonly #parts: MemoryResponseStoreParts;
  readonly #entries = new Map<string, ResponseEntry>();
  readonly #index = new ItemIndex<ResponseEntry>();
  #visible = new RecencyList<ResponseEntry>();
  #created = 0;
  #bytes = 0;

  constructor(maxResponses: number, parts: MemoryResponseStoreParts) {
    this.#maxResponses = maxResponses;
    this.#parts = parts;
  }

  /** The number of responses, including hidden ones. For tests. */
  get size(): number {
    return this.#entries.size;
  }

  /** The number of distinct items in the index. For tests. */
  get indexSize(): number {
    return this.#index.size;
  }

  /** Bytes of all responses, including hidden ones. */
  get bytes(): number {
    return this.#bytes;
  }

  async get(tenant: string, id: ResponseId): Promise<StoredResponse | undefined> {
    const entry = this.#use(tenant, id);
    return entry && toStored(entry);
  }

  async history(
    tenant: string,
    id: ResponseId,
    bounds: HistoryBounds = noHistoryBounds,
  ): Promise<StoredHistory | undefined> {
    const entry = this.#use(tenant, id);
    if (entry === undefined) return undefined;
    return {
      ...toLastState(parseResource(entry.content)),
      ...readTurns(entry, bounds),
      sessionId: entry.content.sessionId,
    };
  }

  async findItems(tenant: string, itemIds: readonly string[]): Promise<Map<string, StoredItem>> {
    this.#parts.lifetime.assertOpen();
    return new Map(this.#findSerialized(tenant, itemIds).map((item) => [item.id, fromSerializedItem(item)]));
  }

  async measureItems(tenant: string, itemIds: readonly string[]): Promise<Map<string, number>> {
    this.#parts.lifetime.assertOpen();
    return new Map(this.#findSerialized(tenant, itemIds).map(({ id, bytes }) => [id, bytes]));
  }

  async put(response: StoredResponse): Promise<void> {
    this.write(response);
  }

  /** Puts a response synchronously. When it throws, nothing has changed except for evictions. */
  write(response: StoredResponse, options: WriteOptions = {}): void {
    this.#parts.lifetime.assertOpen();
    const content = toContent(response, this.#findParent(response)?.content);
    const key = toKey(response.tenant, response.id);
    this.#makeRoom(response, { content, existing: this.#entries.get(key), ...options });
    const existing = this.#entries.get(key);
    this.#bytes += content.storedBytes - (existing?.content.storedBytes ?? 0);
    if (existing !== undefined) this.#index.remove(existing, existing.content.items);
    const entry = existing ?? this.#add(response, content);
    entry.content = content;
    this.#index.add(entry, content.items);
    this.#appendToConversation(entry, response);
    if (entry.visible) this.#visible.makeMostRecent(entry);
    else this.#visible.add(entry);
    entry.visible = true;
    this.#evict(entry);
  }

  async delete(tenant: string, id: ResponseId): Promise<boolean> {
    this.#parts.lifetime.assertOpen();
    const entry = this.#entries.get(toKey(tenant, id));
    if (!entry?.visible) return false;
    this.#hide(entry);
    return true;
  }

  async search(query: ResponseQuery) {
    this.#parts.lifetime.assertOpen();
    const before = fromNumberCursor(query.after);
    return before === undefined ? 'unknown-after' : searchEntries([...this.#entries.values()], query, before);
  }

  async tree(tenant: string, id: ResponseId, limit: number) {
    this.#parts.lifetime.assertOpen();
    const entry = this.#entries.get(toKey(tenant, id));
    return entry?.visible ? readEntryTree(entry, [...this.#entries.values()], limit) : undefined;
  }

  async count(): Promise<number> {
    this.#parts.lifetime.assertOpen();
    return this.#visible.size;
  }

  /** Whether a response is visible. Does not count as a use. */
  has(tenant: string, id: string): boolean {
    return this.#entries.get(toKey(tenant, id))?.visible ?? false;
  }

  /** Returns the bytes of JSON that a tenant has stored. */
  bytesOf(tenant: string): number {
    return sumBytes(this.#entries.values(), tenant, ({ content }) => content.storedBytes);
  }

  /** Hides expired responses and returns their number. */
  reap(request: ReapRequest): number {
    const toExpiresAt = (entry: ResponseEntry) => (this.#isRemovable(entry) ? entry.content.expiresAt : undefined);
    const expired = findExpired(this.#entries.values(), toExpiresAt, request);
    for (const entry of expired) this.#hide(entry);
    return expired.length;
  }

  clear(): void {
    this.#entries.clear();
    this.#index.clear();
    this.#bytes = 0;
    this.#visible = new RecencyList();
  }

  #use(tenant: string, id: ResponseId): ResponseEntry | undefined {
    this.#parts.lifetime.assertOpen();
    const entry = this.#entries.get(toKey(tenant, id));
    if (!entry?.visible) return undefined;
    this.#visible.makeMostRecent(entry);
    return entry;
  }

  #findSerialized(tenant: string, itemIds: readonly string[]): SerializedItem[] {
    return itemIds.flatMap(
      (id) => findItem(this.#index.owners(tenant, id), id) ?? this.#parts.conversations.findItem(tenant, id) ?? [],
    );
  }

  #add({ id, tenant, parentId }: StoredResponse, content: ResponseContent): ResponseEntry {
    const parent = this.#findParent({ tenant, parentId });
    if (parent !== undefined) parent.children += 1;
    const entry = createEntry({ id, tenant, parent, content, sequence: this.#created++ });
    this.#entries.set(toKey(tenant, id), entry);
    return entry;
  }

  #appendToConversation(entry: ResponseEntry, { tenant, conversationId }: StoredResponse): void {
    if (conversationId === undefined || entry.conversation?.isRemoved === false) return;
    entry.conversation = this.#parts.conversations.use(tenant, conversationId);
    if (entry.conversation === undefined) return;
    this.#parts.conversations.appendSerialized(entry.conversation, entry.content.items, entry.content.expiresAt);
  }

  #isRemovable({ tenant, id, visible }: ResponseEntry): boolean {
    return visible && !this.#parts.runs.isRunning(tenant, id);
  }

  /** Hides the least recently used removable response. Its bytes are freed once no descendant needs it. */
  evictOldest(kept: ReadonlySet<unknown>): boolean {
    let entry = this.#visible.oldest;
    while (entry !== undefined && (kept.has(entry) || !this.#isRemovable(entry))) entry = entry.newer;
    if (entry !== undefined) this.#hide(entry);
    return entry !== undefined;
  }

  #makeRoom(
    { tenant, parentId, conversationId }: StoredResponse,
    { content, existing, extraBytes = 0, isForced = false }: Writing,
  ): void {
    const isAppended = conversationId !== undefined && existing?.conversation?.isRemoved !== false;
    const conversation = isAppended ? this.#parts.conversations.use(tenant, conversationId) : undefined;
    const added = content.storedBytes - (existing?.content.storedBytes ?? 0) + (conversation ? content.bytes : 0);
    const kept = new Set([existing, this.#findParent({ tenant, parentId }), conversation]);
    if (isForced) this.#parts.budget.makeRoom(added + extraBytes, kept);
    else this.#parts.budget.assertRoom(added + extraBytes, kept);
  }

  #findParent({ tenant, parentId }: Pick<StoredResponse, 'tenant' | 'parentId'>): ResponseEntry | undefined {
    return parentId === undefined ? undefined : this.#entries.get(toKey(tenant, parentId));
  }

  /** Hides the least recently used responses over the maximum, except the one being put and running ones. */
  #evict(put: ResponseEntry): void {
    let next = this.#visible.oldest;
    while (this.#visible.size > this.#maxResponses && next !== undefined) {
      const entry = next;
      next = entry.newer;
      if (entry !== put && this.#isRemovable(entry)) this.#hide(entry);
    }
  }

  /** Hides an entry, removes its run and its approvals, and then removes the hidden end of its chain that no entry continues. */
  #hide(entry: ResponseEntry): void {
    this.#visible.remove(entry);
    entry.visible = false;
    this.#parts.runs.removeHidden(entry.tenant, entry.id);
    let last: ResponseEntry | undefined = entry;
    while (last !== undefined && !last.visible && last.children === 0) {
      this.#entries.delete(toKey(last.tenant, last.id));
      this.#index.remove(last, last.content.items);
      this.#bytes -= last.content.storedBytes;
      if (last.parent !== undefined) last.parent.children -= 1;
      last = last.parent;
    }
  }
}
