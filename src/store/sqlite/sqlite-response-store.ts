import type { Database } from 'better-sqlite3';
import type { ResponseId } from '../../ids.ts';
import type { ResponseStore, StoredHistory, StoredResponse } from '../response-store.ts';
import type { StoredItem } from '../stored-item.ts';
import type { Connection } from './connection.ts';
import { GroupCommit } from './group-commit.ts';
import { purge } from './purge.ts';
import { prepareResponseStatements, type ResponseRow, type ResponseStatements } from './response-statements.ts';
import { toItem, toItems, toResource, toTurns } from './rows.ts';
import type { SqliteConversationStore } from './sqlite-conversation-store.ts';

export interface SqliteResponseStoreParts {
  connection: Connection;
  conversations: SqliteConversationStore;
  /** Absent: no bound. */
  maxResponses: number | undefined;
}

/**
 * Responses in one SQLite database. Each call is one transaction, over before the call returns its promise, except that
 * `put` shares one with those of the same turn of the event loop.
 */
export class SqliteResponseStore implements ResponseStore {
  readonly #connection: Connection;
  readonly #conversations: SqliteConversationStore;
  readonly #statements: ResponseStatements;
  readonly #puts = new GroupCommit((write) => this.#connection.write(write));
  readonly #maxResponses: number | undefined;

  constructor(database: Database, { connection, conversations, maxResponses }: SqliteResponseStoreParts) {
    this.#connection = connection;
    this.#conversations = conversations;
    this.#statements = prepareResponseStatements(database);
    this.#maxResponses = maxResponses;
  }

  async get(tenant: string, id: ResponseId): Promise<StoredResponse | undefined> {
    return this.#read(tenant, id, ({ key, parentId, conversationKey, sessionId, createdAt, resource }) => ({
      id,
      tenant,
      parentId: parentId ?? undefined,
      conversationId: conversationKey === null ? undefined : this.#conversations.idOf(conversationKey),
      sessionId,
      createdAt,
      ...toItems(this.#statements.items.all({ key })),
      resource: toResource(resource),
    }));
  }

  async history(tenant: string, id: ResponseId): Promise<StoredHistory | undefined> {
    return this.#read(tenant, id, ({ key, sessionId, resource }) => ({
      sessionId,
      ...toLastState(toResource(resource)),
      turns: toTurns(this.#statements.chain.all({ key })),
    }));
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

  put(response: StoredResponse): Promise<void> {
    return this.#puts.add(() => {
      const key = this.#insert(response);
      this.#appendToConversation(key, response);
      this.#evict();
    });
  }

  async delete(tenant: string, id: ResponseId): Promise<boolean> {
    return this.#connection.write(() => {
      const hidden = this.#statements.hide.all({ tenant, id });
      purge(this.#statements, hidden);
      return hidden.length > 0;
    });
  }

  async count(): Promise<number> {
    return this.#connection.read(() => this.#statements.count.get() ?? 0);
  }

  /** Writes what was put and not yet written: to be called before the database is closed. */
  flush(): void {
    this.#puts.flush();
  }

  /** Reads and writes. Rejects as `put` would. */
  async check(): Promise<void> {
    this.#connection.write(() => this.#statements.check.run());
  }

  #insert({ tenant, id, parentId, sessionId, createdAt, input, output, resource }: StoredResponse): number {
    const { upsert, putResource, deleteItems, insertItem } = this.#statements;
    const key = upsert.get({ tenant, id, parentId: parentId ?? null, sessionId, createdAt });
    if (key === undefined) throw new Error('An upsert returned no key.');
    putResource.run({ key, body: JSON.stringify(resource) });
    deleteItems.run({ key });
    let position = 0;
    const insert = (item: StoredItem, isOutput: 0 | 1) =>
      insertItem.run({ key, position: position++, tenant, id: item.id, isOutput, body: JSON.stringify(item) });
    for (const item of input) insert(item, 0);
    for (const item of output) insert(item, 1);
    return key;
  }

  #appendToConversation(key: number, { tenant, conversationId }: StoredResponse): void {
    if (conversationId === undefined || this.#statements.isInConversation.get({ key }) === 1) return;
    const conversationKey = this.#conversations.use(tenant, conversationId);
    if (conversationKey === undefined) return;
    this.#statements.joinConversation.run({ key, conversationKey });
    this.#statements.shareItems.run({ key, conversationKey });
  }

  #evict(): void {
    const maxResponses = this.#maxResponses;
    if (maxResponses !== undefined) purge(this.#statements, this.#statements.evict.all({ maxResponses }));
  }

  #findItem(tenant: string, id: string): StoredItem | undefined {
    const body = this.#statements.findItem.get({ tenant, id });
    return body === undefined ? undefined : toItem(body);
  }

  #read<Result>(tenant: string, id: ResponseId, toResult: (row: ResponseRow) => Result): Result | undefined {
    if (this.#maxResponses !== undefined) this.#connection.note(() => this.#statements.use.run({ tenant, id }));
    return this.#connection.read(() => {
      const row = this.#statements.findVisible.get({ tenant, id });
      return row && toResult(row);
    });
  }
}

const toLastState = ({ instructions = null, status = null }: Record<string, unknown>) => ({ instructions, status });
