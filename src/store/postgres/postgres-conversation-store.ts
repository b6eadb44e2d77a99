import { limits } from '../../config/limits.ts';
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
import { countHeads, joinCut, planCut } from '../shared/cut-history.ts';
import { toItem, toMetadata } from '../shared/parse-json.ts';
import { toLimitedItems } from '../shared/to-limited-items.ts';
import type { StoredItem } from '../stored-item.ts';
import type { Connection, Parameter } from './connection/connection.ts';
import { searchConversations } from './search-conversations.ts';
import {
  type ConversationRow,
  conversationStatements,
  type HeadRow,
  type HistoryRow,
  type PositionRow,
} from './statements/conversation-statements.ts';
import type { Statement } from './statements/name-statements.ts';
import { type FoundRow, hasMore } from './statements/page-rows.ts';
import { fromItemKey, toItemKey, toItemSequences } from './statements/sequence.ts';
import { toItems } from './statements/to-items.ts';

const statements = conversationStatements;

/** Conversations in one PostgreSQL database. */
export class PostgresConversationStore implements ConversationStore {
  readonly #connection: Connection;
  readonly #maximum: number | undefined;

  /** `maximum` undefined: unlimited. */
  constructor(connection: Connection, maximum: number | undefined) {
    this.#connection = connection;
    this.#maximum = maximum;
  }

  async create({ id, tenant, createdAt, expiresAt, metadata, items }: NewConversation): Promise<void> {
    const { ids, bodies } = toItemSequences(items);
    const head = [tenant, id, createSessionId(), createdAt, expiresAt, JSON.stringify(metadata)];
    await this.#connection.rows(statements.create, [...head, items.length, ids, bodies]);
    // The write is committed. If the eviction fails, a later write evicts.
    if (this.#maximum !== undefined) await this.#connection.recordUse(statements.evict, [this.#maximum]);
  }

  async get(tenant: string, id: ConversationId): Promise<StoredConversation | undefined> {
    const row = await this.#read<ConversationRow>(statements.find, [tenant, id]);
    return row && toStored(id, row);
  }

  async update(
    tenant: string,
    id: ConversationId,
    metadata: Record<string, string>,
  ): Promise<StoredConversation | undefined> {
    const row = await this.#connection.row<ConversationRow>(statements.update, [tenant, id, JSON.stringify(metadata)]);
    return row && toStored(id, row);
  }

  async delete(tenant: string, id: ConversationId): Promise<boolean> {
    return (await this.#connection.row(statements.delete, [tenant, id])) !== undefined;
  }

  async items(tenant: string, id: ConversationId, request: PageRequest): Promise<PageResult<StoredItem> | undefined> {
    const { after, limit, order } = request;
    const positions = await this.#read<PositionRow>(
      statements.positions,
      [tenant, id],
      after === undefined ? after : toItemKey(after),
    );
    if (positions === undefined) return undefined;
    const before = toPosition(positions, request);
    if (before === null) return 'unknown-after';
    const select = order === 'asc' ? statements.ascending : statements.descending;
    const parameters = [positions.key, before, limit + 1, limits.pageBytes];
    const rows = await this.#connection.rows<FoundRow & { body: string }>(select, parameters);
    return { data: rows.map(({ body }) => toItem(body)), hasMore: hasMore(rows) };
  }

  search(query: ConversationQuery): Promise<FoundResult<FoundConversation>> {
    return searchConversations(query, this.#connection);
  }

  async history(
    tenant: string,
    id: ConversationId,
    bounds: HistoryBounds = noHistoryBounds,
  ): Promise<ConversationHistory | undefined> {
    const row = await this.#read<HistoryRow>(statements.history, [tenant, id], bounds.bytes, bounds.items);
    if (row === undefined) return undefined;
    const items = row.fits ? { items: toItems(row.items) } : await this.#readCut(row.key, bounds);
    return { sessionId: row.sessionId, ...items };
  }

  async item(tenant: string, id: ConversationId, itemId: string): Promise<StoredItem | 'no-item' | 'no-conversation'> {
    const row = await this.#read<{ body: string | null }>(statements.item, [tenant, id], toItemKey(itemId));
    if (row === undefined) return 'no-conversation';
    return row.body === null ? 'no-item' : toItem(row.body);
  }

  async append(tenant: string, id: ConversationId, items: StoredItem[], expiresAt?: number): Promise<boolean> {
    const { ids, bodies } = toItemSequences(items);
    const parameters = [tenant, id, items.length, expiresAt, ids, bodies];
    return (await this.#connection.row(statements.append, parameters)) !== undefined;
  }

  async deleteItem(
    tenant: string,
    id: ConversationId,
    itemId: string,
  ): Promise<'deleted' | 'no-item' | 'no-conversation'> {
    const parameters = [tenant, id, toItemKey(itemId)];
    const row = await this.#connection.row<{ deleted: number }>(statements.deleteItem, parameters);
    if (row === undefined) return 'no-conversation';
    return row.deleted > 0 ? 'deleted' : 'no-item';
  }

  async #readCut(key: number, bounds: HistoryBounds): Promise<Omit<ConversationHistory, 'sessionId'>> {
    const heads = await this.#connection.rows<HeadRow>(statements.heads, [key, countHeads(bounds)]);
    const cut = planCut(
      heads.map((head) => ({ ...head, id: fromItemKey(head.key) })),
      bounds,
    );
    if (cut === undefined) return toLimitedItems(undefined);
    const olderPositions = cut.older.map(({ position }) => position).join(',');
    const newest = cut.first ? await this.#readItems(statements.itemsFrom, [key, cut.first.position]) : [];
    const older = olderPositions === '' ? [] : await this.#readItems(statements.itemsAt, [key, olderPositions]);
    return toLimitedItems(joinCut({ older, newest }, bounds, (item) => item));
  }

  async #readItems(statement: Statement, parameters: Parameter[]): Promise<StoredItem[]> {
    const rows = await this.#connection.rows<{ body: string }>(statement, parameters);
    return rows.map(({ body }) => toItem(body));
  }

  async #read<Row extends object>(
    statement: Statement,
    owned: [string, ConversationId],
    ...rest: Parameter[]
  ): Promise<Row | undefined> {
    const recorded = this.#maximum === undefined ? undefined : this.#connection.recordUse(statements.use, owned);
    const [row] = await Promise.all([this.#connection.row<Row>(statement, [...owned, ...rest]), recorded]);
    return row;
  }
}

/** Returns the position before a page. `null`: the item in `after` is unknown. */
function toPosition({ first, last }: PositionRow, { after, order }: PageRequest): number | null {
  if (after === undefined) return order === 'asc' ? 0 : Number.MAX_SAFE_INTEGER;
  return order === 'asc' ? last : first;
}

const toStored = (id: ConversationId, { createdAt, metadata }: ConversationRow): StoredConversation => ({
  id,
  createdAt,
  metadata: toMetadata(metadata),
});
