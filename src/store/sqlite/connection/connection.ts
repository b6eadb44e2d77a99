import type { Database } from 'better-sqlite3';
import { ApiError } from '../../../errors/api-error.ts';
import { createClosedError } from '../../shared/closed-error.ts';
import { FilePlace } from './file-watch.ts';
import { toStoreError } from './to-store-error.ts';
import { prepareTransactions, type Transaction, type Transactions } from './transaction.ts';

/**
 * How the parts of a store use their one database: each call is one transaction, over before the call returns its
 * promise. What the machine refuses is thrown as a `store_unavailable` ApiError.
 */
export class Connection {
  readonly #database: Database;
  readonly #transactions: Transactions;
  readonly #place: FilePlace;

  constructor(database: Database) {
    this.#database = database;
    this.#transactions = prepareTransactions(database);
    this.#place = new FilePlace(database);
  }

  read<Result>(action: () => Result): Result {
    return this.#run(this.#transactions.read, action);
  }

  write<Result>(action: () => Result): Result {
    if (!this.#place.isThere()) {
      throw new ApiError('store_unavailable', 'The file of the store was removed or replaced.');
    }
    return this.#run(this.#transactions.write, action);
  }

  /** Records a use. A store that can't be written at the moment still answers reads: only the order of use suffers. */
  note(action: () => unknown): void {
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
