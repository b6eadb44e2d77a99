import type { ResponseId } from '../../ids.ts';
import { type HistoryBounds, noHistoryBounds } from '../history-bounds.ts';
import type { ResponseStore, StoredHistory, StoredResponse } from '../response-store.ts';
import type { ReapRequest } from '../store.ts';
import type { StoredItem } from '../stored-item.ts';
import { toExpiry } from '../to-expiry.ts';
import { due } from './due.ts';
import { ItemIndex } from './item-index.ts';
import { fromKeptItem, type KeptItem } from './kept-item.ts';
import type { Lifetime } from './lifetime.ts';
import type { ConversationEntry, MemoryConversationStore } from './memory-conversation-store.ts';
import { readTurns } from './read-turns.ts';
import { type RecencyLinks, RecencyList } from './recency-list.ts';
import { parseItems, parseResource, type ResponseContent, toContent } from './response-content.ts';
import type { RunTable } from './run-table.ts';
import { sumBytes } from './sum-bytes.ts';
import { toKey } from './to-key.ts';

/** One response as it is kept; in the list of the visible ones, or needed by an entry that continues it. */
interface Entry extends RecencyLinks<Entry> {
  readonly id: ResponseId;
  readonly tenant: string;
  readonly parent: Entry | undefined;
  /** Grows with each entry made. */
  readonly sequence: number;
  /** Entries whose `parent` this is. */
  children: number;
  visible: boolean;
  content: ResponseContent;
  conversation: ConversationEntry | undefined;
}

export interface MemoryResponseStoreParts {
  lifetime: Lifetime;
  conversations: MemoryConversationStore;
  runs: RunTable;
}

/** Responses in the memory of this process. */
export class MemoryResponseStore implements ResponseStore {
  readonly #maxResponses: number;
  readonly #lifetime: Lifetime;
  readonly #conversations: MemoryConversationStore;
  readonly #runs: RunTable;
  readonly #entries = new Map<string, Entry>();
  readonly #index = new ItemIndex<Entry>();
  #visible = new RecencyList<Entry>();
  #created = 0;

  constructor(maxResponses: number, { lifetime, conversations, runs }: MemoryResponseStoreParts) {
    this.#maxResponses = maxResponses;
    this.#lifetime = lifetime;
    this.#conversations = conversations;
    this.#runs = runs;
  }

  /** Responses in memory, those included that only their descendants still need. For watching memory. */
  get kept(): number {
    return this.#entries.size;
  }

  /** Different items that can be found by id, of responses alone. For watching memory. */
  get indexed(): number {
    return this.#index.size;
  }

  async get(tenant: string, id: ResponseId): Promise<StoredResponse | undefined> {
    const entry = this.#use(tenant, id);
    if (entry === undefined) return undefined;
    const { content, conversation, parent } = entry;
    return {
      id,
      tenant,
      parentId: parent?.id,
      conversationId: conversation?.gone ? undefined : conversation?.id,
      sessionId: content.sessionId,
      createdAt: content.createdAt,
      ...toExpiry(content.expiresAt),
      ...parseItems(content),
      resource: parseResource(content),
    };
  }

  async history(
    tenant: string,
    id: ResponseId,
    bounds: HistoryBounds = noHistoryBounds,
  ): Promise<StoredHistory | undefined> {
    const entry = this.#use(tenant, id);
    if (entry === undefined) return undefined;
    const { instructions = null, status = null } = parseResource(entry.content);
    return { sessionId: entry.content.sessionId, instructions, status, ...readTurns(entry, bounds) };
  }

  async findItems(tenant: string, itemIds: readonly string[]): Promise<Map<string, StoredItem>> {
    this.#lifetime.assertOpen();
    return new Map(this.#findKept(tenant, itemIds).map((item) => [item.id, fromKeptItem(item)]));
  }

  async measureItems(tenant: string, itemIds: readonly string[]): Promise<Map<string, number>> {
    this.#lifetime.assertOpen();
    return new Map(this.#findKept(tenant, itemIds).map(({ id, bytes }) => [id, bytes]));
  }

  async put(response: StoredResponse): Promise<void> {
    this.write(response);
  }

  /** What `put` does, at once; throws with nothing changed. */
  write(response: StoredResponse): void {
    this.#lifetime.assertOpen();
    const content = toContent(response);
    const existing = this.#entries.get(toKey(response.tenant, response.id));
    if (existing !== undefined) this.#index.remove(existing, existing.content.items);
    const entry = existing ?? this.#add(response, content);
    entry.content = content;
    this.#index.add(entry, content.items);
    this.#appendToConversation(entry, response);
    this.#show(entry);
    this.#evict(entry);
  }

  async delete(tenant: string, id: ResponseId): Promise<boolean> {
    this.#lifetime.assertOpen();
    const entry = this.#entries.get(toKey(tenant, id));
    if (!entry?.visible) return false;
    this.#hide(entry);
    return true;
  }

  async count(): Promise<number> {
    this.#lifetime.assertOpen();
    return this.#visible.size;
  }

  /** Whether a response is visible. Counts as no use of it. */
  has(tenant: string, id: string): boolean {
    return this.#entries.get(toKey(tenant, id))?.visible ?? false;
  }

  /** Bytes of JSON that a tenant has stored. */
  bytesOf(tenant: string): number {
    return sumBytes(
      this.#entries.values(),
      tenant,
      ({ content }) => content.bytes + Buffer.byteLength(content.resource),
    );
  }

  /** How many responses it hid. */
  reap(request: ReapRequest): number {
    const expired = due(
      this.#entries.values(),
      (entry) => (this.#canGo(entry) ? entry.content.expiresAt : undefined),
      request,
    );
    for (const entry of expired) this.#hide(entry);
    return expired.length;
  }

  clear(): void {
    this.#entries.clear();
    this.#index.clear();
    this.#visible = new RecencyList();
  }

  #use(tenant: string, id: ResponseId): Entry | undefined {
    this.#lifetime.assertOpen();
    const entry = this.#entries.get(toKey(tenant, id));
    if (!entry?.visible) return undefined;
    this.#visible.makeMostRecent(entry);
    return entry;
  }

  #findKept(tenant: string, itemIds: readonly string[]): KeptItem[] {
    return itemIds.flatMap((id) => this.#findItem(tenant, id) ?? this.#conversations.findItem(tenant, id) ?? []);
  }

  #findItem(tenant: string, itemId: string): KeptItem | undefined {
    let newest: Entry | undefined;
    for (const owner of this.#index.owners(tenant, itemId)) {
      if (owner.visible && (newest === undefined || owner.sequence > newest.sequence)) newest = owner;
    }
    return newest?.content.items.findLast((item) => item.id === itemId);
  }

  #add({ id, tenant, parentId }: StoredResponse, content: ResponseContent): Entry {
    const parent = parentId === undefined ? undefined : this.#entries.get(toKey(tenant, parentId));
    if (parent !== undefined) parent.children += 1;
    const entry: Entry = {
      id,
      tenant,
      parent,
      sequence: this.#created++,
      children: 0,
      visible: false,
      content,
      conversation: undefined,
      older: undefined,
      newer: undefined,
    };
    this.#entries.set(toKey(tenant, id), entry);
    return entry;
  }

  #appendToConversation(entry: Entry, { tenant, conversationId }: StoredResponse): void {
    if (conversationId === undefined || entry.conversation?.gone === false) return;
    entry.conversation = this.#conversations.use(tenant, conversationId);
    if (entry.conversation === undefined) return;
    this.#conversations.appendKept(entry.conversation, entry.content.items, entry.content.expiresAt);
  }

  #show(entry: Entry): void {
    if (entry.visible) this.#visible.makeMostRecent(entry);
    else this.#visible.add(entry);
    entry.visible = true;
  }

  #canGo({ tenant, id, visible }: Entry): boolean {
    return visible && !this.#runs.isRunning(tenant, id);
  }

  /** Hides the least recently used over the maximum; neither what is being put nor what runs. */
  #evict(put: Entry): void {
    let next = this.#visible.oldest;
    while (this.#visible.size > this.#maxResponses && next !== undefined) {
      const entry = next;
      next = entry.newer;
      if (entry !== put && this.#canGo(entry)) this.#hide(entry);
    }
  }

  /** Hides an entry and removes its run, then drops it and its hidden ancestors up to the first that is visible or has another child. */
  #hide(entry: Entry): void {
    this.#visible.remove(entry);
    entry.visible = false;
    this.#runs.remove(entry.tenant, entry.id);
    let last: Entry | undefined = entry;
    while (last !== undefined && !last.visible && last.children === 0) {
      this.#entries.delete(toKey(last.tenant, last.id));
      this.#index.remove(last, last.content.items);
      if (last.parent !== undefined) last.parent.children -= 1;
      last = last.parent;
    }
  }
}
