import type { Database } from 'better-sqlite3';
import { ApiError } from '../../../errors/api-error.ts';
import { createClosedError } from '../../shared/closed-error.ts';
import { FileIdentity } from './file-identity.ts';
import { toStoreError } from './to-store-error.ts';
import { prepareTransactions, type Transaction, type Transactions } from './transaction.ts';

/**
 * Runs synchronous transactions on the database of a store. Throws a `store_unavailable` ApiError when the environment
 * prevents one, such as a full disk.
 */
export class Connection {
  readonly #database: Database;
  readonly #transactions: Transactions;
  readonly #file: FileIdentity;

  constructor(database: Database) {
    this.#database = database;
    this.#transactions = prepareTransactions(database);
    this.#file = new FileIdentity(database);
  }

  read<Result>(action: () => Result): Result {
    return this.#run(this.#transactions.read, action);
  }

  write<Result>(action: () => Result): Result {
    if (!this.#file.isUnchanged()) {
      throw new ApiError('store_unavailable', 'The file of the store was removed or replaced.');
    }
    return this.#run(this.#transactions.write, action);
  }

  /** Records a use. Failures are ignored: reads still work when the store cannot be written. */
  recordUse(action: () => unknown): void {
    try {
      this.write(action);
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
