import type { Database } from 'better-sqlite3';
import { ApiError } from '../../errors/api-error.ts';
import type { ResponseId } from '../../ids.ts';
import { createClosedError } from '../closed-error.ts';
import type { ResponseStore, StoredHistory, StoredResponse } from '../store.ts';
import { GroupCommit } from './group-commit.ts';
import { purge } from './purge.ts';
import { toItems, toResource, toTurns } from './rows.ts';
import { prepareStatements, type ResponseRow, type Statements } from './statements.ts';
import { toStoreError } from './to-store-error.ts';
import { prepareTransactions, type Transaction, type Transactions } from './transaction.ts';

/**
 * Responses in one SQLite database. Each call is one transaction, over before the call returns its promise, except that
 * `put` shares one with those of the same turn of the event loop.
 */
export class SqliteResponseStore implements ResponseStore {
  readonly #database: Database;
  readonly #statements: Statements;
  readonly #transactions: Transactions;
  readonly #puts = new GroupCommit((write) => this.#run(this.#transactions.write, write));
  readonly #maxResponses: number | undefined;

  constructor(database: Database, maxResponses: number | undefined) {
    this.#database = database;
    this.#statements = prepareStatements(database);
    this.#transactions = prepareTransactions(database);
    this.#maxResponses = maxResponses;
  }

  async get(tenant: string, id: ResponseId): Promise<StoredResponse | undefined> {
    return this.#read(tenant, id, ({ key, parentId, sessionId, createdAt, resource }) => ({
      id,
      tenant,
      parentId: parentId ?? undefined,
      sessionId,
      createdAt,
      ...toItems(this.#statements.items.all({ key })),
      resource: toResource(resource),
    }));
  }

  async history(tenant: string, id: ResponseId): Promise<StoredHistory | undefined> {
    return this.#read(tenant, id, ({ key, sessionId, resource }) => ({
      sessionId,
      instructions: toResource(resource)['instructions'] ?? null,
      turns: toTurns(this.#statements.chain.all({ key })),
    }));
  }

  put(response: StoredResponse): Promise<void> {
    return this.#puts.add(() => {
      this.#insert(response);
      this.#evict();
    });
  }

  async delete(tenant: string, id: ResponseId): Promise<boolean> {
    return this.#run(this.#transactions.write, () => {
      const hidden = this.#statements.hide.all({ tenant, id });
      purge(this.#statements, hidden);
      return hidden.length > 0;
    });
  }

  async count(): Promise<number> {
    return this.#run(this.#transactions.read, () => this.#statements.count.get() ?? 0);
  }

  /** Writes what was put and not yet written: to be called before the database is closed. */
  flush(): void {
    this.#puts.flush();
  }

  /** Reads and writes. Rejects as `put` would. */
  async check(): Promise<void> {
    this.#run(this.#transactions.write, () => this.#statements.check.run());
  }

  #insert({ tenant, id, parentId, sessionId, createdAt, input, output, resource }: StoredResponse): void {
    const { upsert, putResource, deleteItems, insertItem } = this.#statements;
    const key = upsert.get({ tenant, id, parentId: parentId ?? null, sessionId, createdAt });
    if (key === undefined) throw new Error('An upsert returned no key.');
    putResource.run({ key, body: JSON.stringify(resource) });
    deleteItems.run({ key });
    let position = 0;
    for (const item of input) insertItem.run({ key, position: position++, isOutput: 0, body: JSON.stringify(item) });
    for (const item of output) insertItem.run({ key, position: position++, isOutput: 1, body: JSON.stringify(item) });
  }

  #evict(): void {
    const maxResponses = this.#maxResponses;
    if (maxResponses !== undefined) purge(this.#statements, this.#statements.evict.all({ maxResponses }));
  }

  #read<Result>(tenant: string, id: ResponseId, toResult: (row: ResponseRow) => Result): Result | undefined {
    if (this.#maxResponses !== undefined) this.#makeMostRecent(tenant, id);
    return this.#run(this.#transactions.read, () => {
      const row = this.#statements.findVisible.get({ tenant, id });
      return row && toResult(row);
    });
  }

  /** A store that can't be written at the moment still answers reads: only the order of eviction suffers. */
  #makeMostRecent(tenant: string, id: ResponseId): void {
    try {
      this.#run(this.#transactions.write, () => this.#statements.use.run({ tenant, id }));
    } catch (reason) {
      if (!(reason instanceof ApiError)) throw reason;
    }
  }

  #run<Result>(transaction: Transaction, action: () => Result): Result {
    if (!this.#database.open) throw createClosedError();
    try {
      return transaction(action);
    } catch (reason) {
      throw toStoreError(reason);
    }
  }
}
