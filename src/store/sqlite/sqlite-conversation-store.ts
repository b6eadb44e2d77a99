import type { Database } from 'better-sqlite3';
import { type ConversationId, createSessionId } from '../../ids.ts';
import type {
  ConversationHistory,
  ConversationQuery,
  ConversationStore,
  FoundConversation,
  NewConversation,
  StoredConversation,
} from '../conversation-store.ts';
import type { FoundResult } from '../found-page.ts';
import { type HistoryBounds, noHistoryBounds } from '../history-bounds.ts';
import type { PageRequest, PageResult } from '../page.ts';
import { countHeads, readCut } from '../shared/cut-history.ts';
import { toExactText } from '../shared/exact-text.ts';
import { toItem, toMetadata } from '../shared/parse-json.ts';
import { toLimitedItems } from '../shared/to-limited-items.ts';
import type { ReapRequest } from '../store.ts';
import type { StoredItem } from '../stored-item.ts';
import { takePage } from '../to-page.ts';
import type { Connection } from './connection/connection.ts';
import { searchConversations } from './search-conversations.ts';
import {
  type ConversationRow,
  type ConversationStatements,
  endPosition,
  prepareConversationStatements,
} from './statements/conversation-statements.ts';
import {
  type FoundConversationStatements,
  prepareFoundConversations,
} from './statements/found-conversation-statements.ts';

interface Owned {
  tenant: string;
  id: ConversationId;
}

/** Conversations in one SQLite database. */
export class SqliteConversationStore implements ConversationStore {
  readonly #connection: Connection;
  readonly #statements: ConversationStatements;
  readonly #searching: FoundConversationStatements;
  readonly #maximum: number | undefined;

  constructor(database: Database, connection: Connection, maximum: number | undefined) {
    this.#connection = connection;
    this.#statements = prepareConversationStatements(database);
    this.#searching = prepareFoundConversations(database);
    this.#maximum = maximum;
  }

  async create({ id, tenant, createdAt, metadata, items, ...conversation }: NewConversation): Promise<void> {
    this.#connection.write(() => {
      const sessionId = createSessionId();
      const expiresAt = conversation.expiresAt ?? null;
      const row = { tenant, id, sessionId, createdAt, expiresAt, metadata: JSON.stringify(metadata) };
      const key = this.#statements.insert.get(row);
      if (key === undefined) throw new Error('An insert returned no key.');
      this.#append(tenant, key, items);
      if (this.#maximum !== undefined) this.#statements.evict.run({ maximum: this.#maximum });
    });
  }

  async get(tenant: string, id: ConversationId): Promise<StoredConversation | undefined> {
    return this.#read({ tenant, id }, (row) => toStored(id, row));
  }

  async update(
    tenant: string,
    id: ConversationId,
    metadata: Record<string, string>,
  ): Promise<StoredConversation | undefined> {
    return this.#write({ tenant, id }, ({ key, createdAt }) => {
      this.#statements.setMetadata.run({ key, metadata: JSON.stringify(metadata) });
      return { id, createdAt, metadata: { ...metadata } };
    });
  }

  async delete(tenant: string, id: ConversationId): Promise<boolean> {
    return this.#connection.write(() => this.#statements.delete.run({ tenant, id }).changes > 0);
  }

  async items(tenant: string, id: ConversationId, request: PageRequest): Promise<PageResult<StoredItem> | undefined> {
    return this.#read({ tenant, id }, ({ key }) => {
      const position = this.#positionBefore(tenant, key, request);
      if (position === undefined) return 'unknown-after';
      const { ascending, descending, itemAt } = this.#statements;
      const select = request.order === 'asc' ? ascending : descending;
      const page = takePage(select.iterate({ key, position }), request.limit, ({ bytes }) => bytes);
      return { ...page, data: page.data.flatMap((row) => itemAt.all({ key: row.key }).map(toItem)) };
    });
  }

  async search(query: ConversationQuery): Promise<FoundResult<FoundConversation>> {
    return this.#connection.read(() => searchConversations(query, this.#searching));
  }

  async history(
    tenant: string,
    id: ConversationId,
    bounds: HistoryBounds = noHistoryBounds,
  ): Promise<ConversationHistory | undefined> {
    return this.#read({ tenant, id }, ({ key, sessionId }) => ({ sessionId, ...this.#readItems(key, bounds) }));
  }

  async item(tenant: string, id: ConversationId, itemId: string): Promise<StoredItem | 'no-item' | 'no-conversation'> {
    const found = this.#read({ tenant, id }, ({ key }) => {
      const body = this.#statements.item.get({ tenant, id: toExactText(itemId), key });
      return body === undefined ? 'no-item' : toItem(body);
    });
    return found ?? 'no-conversation';
  }

  async append(tenant: string, id: ConversationId, items: StoredItem[], expiresAt?: number): Promise<boolean> {
    const appended = this.#write({ tenant, id }, ({ key }) => {
      this.#append(tenant, key, items);
      this.extend(key, expiresAt);
      return true;
    });
    return appended ?? false;
  }

  async deleteItem(
    tenant: string,
    id: ConversationId,
    itemId: string,
  ): Promise<'deleted' | 'no-item' | 'no-conversation'> {
    const result = this.#write({ tenant, id }, ({ key }) => {
      const { changes } = this.#statements.deleteItem.run({ tenant, id: toExactText(itemId), key });
      return changes > 0 ? 'deleted' : 'no-item';
    });
    return result ?? 'no-conversation';
  }

  /** Returns the key of a conversation and marks it as most recently used. Requires a transaction of the caller. */
  use(tenant: string, id: ConversationId): number | undefined {
    return this.#statements.use.get({ tenant, id })?.key;
  }

  /** Extends a conversation that expires earlier. Requires a transaction of the caller. */
  extend(key: number, expiresAt: number | undefined): void {
    if (expiresAt !== undefined) this.#statements.extend.run({ key, expiresAt });
  }

  /** Removes expired conversations and returns their number. */
  reap({ now, limit }: ReapRequest): number {
    return this.#connection.write(() => this.#statements.deleteExpired.run({ now, limit }).changes);
  }

  /** Returns the id of a conversation. Requires a transaction of the caller. */
  idOf(key: number): ConversationId | undefined {
    return this.#statements.id.get({ key });
  }

  /** Returns the newest item with an id in the tenant's conversations. Requires a transaction of the caller. */
  findItem(tenant: string, itemId: string): StoredItem | undefined {
    const body = this.#statements.findItem.get({ tenant, id: toExactText(itemId) });
    return body === undefined ? undefined : toItem(body);
  }

  /** Returns the bytes of the item that `findItem` returns. Requires a transaction of the caller. */
  measureItem(tenant: string, itemId: string): number | undefined {
    return this.#statements.measureItem.get({ tenant, id: toExactText(itemId) });
  }

  #readItems(key: number, bounds: HistoryBounds): Omit<ConversationHistory, 'sessionId'> {
    const { size, heads, itemsFrom, itemAt } = this.#statements;
    const { items = 0, bytes = 0 } = size.get({ key, limit: bounds.items + 1 }) ?? {};
    if (items <= bounds.items && bytes <= bounds.bytes) return { items: itemsFrom.all({ key, from: 0 }).map(toItem) };
    const read = readCut(heads.all({ key, limit: countHeads(bounds) }), bounds, {
      from: (head) => itemsFrom.all({ key, from: head.key }).map(toItem),
      one: (head) => itemAt.all({ key: head.key }).map(toItem),
      toItem: (item) => item,
    });
    return toLimitedItems(read);
  }

  #append(tenant: string, key: number, items: StoredItem[]): void {
    for (const item of items) {
      this.#statements.append.run({ tenant, id: toExactText(item.id), key, body: JSON.stringify(item) });
    }
  }

  /** Returns the position before a page. `undefined`: the item in `after` is unknown. */
  #positionBefore(tenant: string, key: number, { after, order }: PageRequest): number | undefined {
    if (after === undefined) return order === 'asc' ? 0 : endPosition;
    const positions = this.#statements.positions.get({ tenant, id: toExactText(after), key });
    return (order === 'asc' ? positions?.last : positions?.first) ?? undefined;
  }

  #read<Result>(owned: Owned, toResult: (row: ConversationRow) => Result): Result | undefined {
    if (this.#maximum !== undefined) this.#connection.recordUse(() => this.#statements.use.get(owned));
    return this.#connection.read(() => {
      const row = this.#statements.find.get(owned);
      return row && toResult(row);
    });
  }

  #write<Result>(owned: Owned, action: (row: ConversationRow) => Result): Result | undefined {
    return this.#connection.write(() => {
      const row = this.#statements.use.get(owned);
      return row && action(row);
    });
  }
}

const toStored = (id: ConversationId, { createdAt, metadata }: ConversationRow): StoredConversation => ({
  id,
  createdAt,
  metadata: toMetadata(metadata),
});
