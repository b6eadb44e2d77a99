import type { Database } from 'better-sqlite3';
import type { ResponseId } from '../../ids.ts';
import type { FoundResult } from '../found-page.ts';
import { type HistoryBounds, noHistoryBounds } from '../history-bounds.ts';
import type {
  FoundResponse,
  ResponseQuery,
  ResponseStore,
  ResponseTree,
  StoredHistory,
  StoredResponse,
} from '../response-store.ts';
import { toExactText } from '../shared/exact-text.ts';
import { toItem, toResource } from '../shared/parse-json.ts';
import type { RunWatchers } from '../shared/run-watchers.ts';
import { toExpiry } from '../shared/to-expiry.ts';
import { toLastState } from '../shared/to-last-state.ts';
import { toLongChain, toTree } from '../shared/to-tree.ts';
import type { ReapRequest } from '../store.ts';
import type { StoredItem } from '../stored-item.ts';
import type { Connection } from './connection/connection.ts';
import type { GroupCommit } from './connection/group-commit.ts';
import type { RunLogs } from './logs/run-logs.ts';
import { purge } from './purge.ts';
import { readLongChain } from './read-long-chain.ts';
import { searchResponses } from './search-responses.ts';
import type { SqliteConversationStore } from './sqlite-conversation-store.ts';
import { SqliteFragments } from './sqlite-fragments.ts';
import {
  type ItemRow,
  prepareResponseStatements,
  type ResponseRow,
  type ResponseStatements,
} from './statements/response-statements.ts';
import { prepareSearchStatements, type SearchStatements } from './statements/search-statements.ts';
import { toItems, toTurns } from './to-turns.ts';

export interface SqliteResponseStoreParts {
  connection: Connection;
  commits: GroupCommit;
  logs: RunLogs;
  watchers: RunWatchers;
  conversations: SqliteConversationStore;
  /** `undefined`: unlimited. */
  maxResponses: number | undefined;
}

interface NewItem extends ItemRow {
  id: string;
}

/**
 * Responses in one SQLite database. Each call is one synchronous transaction, except that `put` shares one with other
 * writes of the same turn of the event loop.
 */
export class SqliteResponseStore implements ResponseStore {
  readonly #connection: Connection;
  readonly #conversations: SqliteConversationStore;
  readonly #statements: ResponseStatements;
  readonly #fragments: SqliteFragments;
  readonly #searching: SearchStatements;
  readonly #commits: GroupCommit;
  readonly #logs: RunLogs;
  readonly #watchers: RunWatchers;
  readonly #maxResponses: number | undefined;

  constructor(database: Database, { connection, commits, logs, watchers, ...parts }: SqliteResponseStoreParts) {
    this.#connection = connection;
    this.#commits = commits;
    this.#logs = logs;
    this.#watchers = watchers;
    this.#conversations = parts.conversations;
    this.#statements = prepareResponseStatements(database);
    this.#fragments = new SqliteFragments(database);
    this.#searching = prepareSearchStatements(database);
    this.#maxResponses = parts.maxResponses;
  }

  async get(tenant: string, id: ResponseId): Promise<StoredResponse | undefined> {
    return this.#read(tenant, id, ({ key, parentId, conversationKey, sessionId, createdAt, expiresAt, resource }) => ({
      id,
      tenant,
      parentId: parentId ?? undefined,
      conversationId: conversationKey === null ? undefined : this.#conversations.idOf(conversationKey),
      sessionId,
      createdAt,
      ...toExpiry(expiresAt),
      ...toItems(this.#statements.items.all({ key })),
      resource: toResource(resource),
    }));
  }

  async history(
    tenant: string,
    id: ResponseId,
    bounds: HistoryBounds = noHistoryBounds,
  ): Promise<StoredHistory | undefined> {
    return this.#read(tenant, id, ({ key, parentId, sessionId, resource }) => {
      const state = { sessionId, ...toLastState(toResource(resource)) };
      const joined = this.#fragments.read({ key, tenant, id, parentId }, bounds);
      if (joined) return { ...state, turns: [], joined };
      const rows = this.#statements.chain.all({ key, bytes: bounds.bytes, items: bounds.items });
      const turns = rows.length > 0 ? { turns: toTurns(rows) } : readLongChain(this.#statements, key, bounds);
      return { ...state, ...turns };
    });
  }

  async findItems(tenant: string, itemIds: readonly string[]): Promise<Map<string, StoredItem>> {
    return this.#connection.read(() => {
      const found = new Map<string, StoredItem>();
      for (const id of itemIds) {
        const item = this.#findItem(tenant, id) ?? this.#conversations.findItem(tenant, id);
        if (item !== undefined) found.set(id, item);
      }
      return found;
    });
  }

  async measureItems(tenant: string, itemIds: readonly string[]): Promise<Map<string, number>> {
    return this.#connection.read(() => {
      const found = new Map<string, number>();
      for (const id of itemIds) {
        const bytes =
          this.#statements.measureItem.get({ tenant, id: toExactText(id) }) ??
          this.#conversations.measureItem(tenant, id);
        if (bytes !== undefined) found.set(id, bytes);
      }
      return found;
    });
  }

  put(response: StoredResponse): Promise<void> {
    return this.#commits.add(() => this.write(response));
  }

  /** Puts a response. Requires a transaction of the caller. */
  write(response: StoredResponse): void {
    const key = this.#upsert(response);
    this.#appendToConversation(key, response);
    const maxResponses = this.#maxResponses;
    if (maxResponses !== undefined) this.#purge(this.#statements.evict.all({ maxResponses, putKey: key }));
  }

  async delete(tenant: string, id: ResponseId): Promise<boolean> {
    const count = this.#connection.write(() => this.#purge(this.#statements.hide.all({ tenant, id })));
    if (count > 0) {
      this.#logs.recheck();
      this.#watchers.notify(id);
      this.#fragments.forget(tenant, id);
    }
    return count > 0;
  }

  search(query: ResponseQuery): Promise<FoundResult<FoundResponse>> {
    return searchResponses(query, this.#searching, this.#connection);
  }

  async tree(tenant: string, id: ResponseId, limit: number): Promise<ResponseTree | undefined> {
    return this.#connection.read(() => {
      const chain = this.#searching.chain.all({ tenant, id, limit: limit + 1 });
      const root = chain.at(-1);
      if (root === undefined) return undefined;
      if (chain.length > limit) return toLongChain(chain, limit);
      return toTree(chain, this.#searching.descendants.all({ key: root.key, limit: limit + 1 }), limit);
    });
  }

  async count(): Promise<number> {
    return this.#connection.read(() => this.#statements.count.get() ?? 0);
  }

  /** Hides expired responses and returns their number. */
  reap({ now, limit }: ReapRequest): number {
    this.#fragments.expire();
    return this.#connection.write(() => this.#purge(this.#statements.expire.all({ now, limit })));
  }

  /** Reads and writes a row. Rejects with a `store_unavailable` ApiError. */
  async check(): Promise<void> {
    this.#connection.write(() => this.#statements.check.run());
  }

  #upsert(response: StoredResponse): number {
    const { tenant, id, parentId, sessionId, createdAt, expiresAt, input, output, resource } = response;
    const { upsert, putResource } = this.#statements;
    const row = { tenant, id, parentId: parentId ?? null, sessionId, createdAt, expiresAt: expiresAt ?? null };
    const key = upsert.get(row);
    if (key === undefined) throw new Error('An upsert returned no key.');
    const items = [...input.map(toNewItem(0)), ...output.map(toNewItem(1))];
    const bodies = items.map(({ body }) => body);
    if (!this.#fragments.put(key, response, bodies)) putResource.run({ key, body: JSON.stringify(resource) });
    this.#fragments.forget(tenant, id);
    this.#replaceItems(key, tenant, items);
    return key;
  }

  /**
   * Replaces the items from the first difference on. The final response usually repeats the input of the initial one.
   */
  #replaceItems(key: number, tenant: string, items: NewItem[]): void {
    const { items: select, deleteItemsFrom, insertItem } = this.#statements;
    const rows = select.all({ key });
    const differs = (row: ItemRow, index: number) =>
      row.body !== items[index]?.body || row.isOutput !== items[index].isOutput;
    const first = rows.findIndex(differs);
    const start = first === -1 ? rows.length : first;
    if (start < rows.length) deleteItemsFrom.run({ key, position: start });
    for (const [index, item] of items.slice(start).entries()) {
      insertItem.run({ key, position: start + index, tenant, ...item });
    }
  }

  #appendToConversation(key: number, { tenant, conversationId, expiresAt }: StoredResponse): void {
    if (conversationId === undefined || this.#statements.isInConversation.get({ key }) === 1) return;
    const conversationKey = this.#conversations.use(tenant, conversationId);
    if (conversationKey === undefined) return;
    this.#statements.joinConversation.run({ key, conversationKey });
    this.#statements.shareItems.run({ key, conversationKey });
    this.#conversations.extend(conversationKey, expiresAt);
  }

  /** Purges the unreachable content of hidden responses. Returns the number of hidden responses. */
  #purge(hiddenKeys: number[]): number {
    purge(this.#statements, hiddenKeys);
    return hiddenKeys.length;
  }

  #findItem(tenant: string, id: string): StoredItem | undefined {
    const body = this.#statements.findItem.get({ tenant, id: toExactText(id) });
    return body === undefined ? undefined : toItem(body);
  }

  #read<Result>(tenant: string, id: ResponseId, toResult: (row: ResponseRow) => Result): Result | undefined {
    if (this.#maxResponses !== undefined) this.#connection.recordUse(() => this.#statements.use.run({ tenant, id }));
    return this.#connection.read(() => {
      const row = this.#statements.findVisible.get({ tenant, id });
      return row && toResult(row);
    });
  }
}

const toNewItem =
  (isOutput: 0 | 1) =>
  (item: StoredItem): NewItem => ({ id: toExactText(item.id), isOutput, body: JSON.stringify(item) });
