import type { Database } from 'better-sqlite3';

/** Runs an action in a transaction: all of it happens, or nothing and the action's error is thrown. */
export type Transaction = <Result>(action: () => Result) => Result;

/**
 * `read` sees one state of the database throughout; `write` also keeps other writers out from the start, so it never
 * has to be tried again. (The driver's own `transaction()` builds five functions for each action it is given.)
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
      // SQLite itself rolls back on some errors, a full disk among them.
      if (database.inTransaction) rollback.run();
      throw reason;
    }
  };
}
