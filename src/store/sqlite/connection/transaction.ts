import type { Database } from 'better-sqlite3';

/** Runs an action in a transaction. When the action throws, the transaction is rolled back and the error rethrown. */
export type Transaction = <Result>(action: () => Result) => Result;

/**
 * `read` sees one snapshot of the database. `write` also excludes other writers from the start, so it never needs a
 * retry. (The driver's `transaction()` would create five functions for each action.)
 */
export interface Transactions {
  read: Transaction;
  write: Transaction;
}

export function prepareTransactions(database: Database): Transactions {
  return { read: prepareTransaction(database, 'BEGIN'), write: prepareTransaction(database, 'BEGIN IMMEDIATE') };
}

function prepareTransaction(database: Database, beginSql: string): Transaction {
  const begin = database.prepare(beginSql);
  const commit = database.prepare('COMMIT');
  const rollback = database.prepare('ROLLBACK');
  return (action) => {
    begin.run();
    try {
      const result = action();
      commit.run();
      return result;
    } catch (reason) {
      // SQLite has already rolled back after some errors, such as a full disk.
      if (database.inTransaction) rollback.run();
      throw reason;
    }
  };
}
