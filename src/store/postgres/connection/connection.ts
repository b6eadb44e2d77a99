import { setTimeout as pause } from 'node:timers/promises';
import { Pool, type QueryResultRow } from 'pg';
import { limits } from '../../../config/limits.ts';
import { ApiError } from '../../../errors/api-error.ts';
import { createClosedError } from '../../shared/closed-error.ts';
import { isExact, toExactText } from '../../shared/exact-text.ts';
import type { StoreBacklog } from '../../store.ts';
import type { Statement } from '../statements/name-statements.ts';
import type { Settings } from './settings.ts';
import { isOutage, isRetryable, toStoreError } from './to-store-error.ts';

export type Parameter = string | number | boolean | Buffer | null | undefined;

/**
 * Runs the statements of a store, each in a transaction of its own. Rejects with a `store_unavailable` ApiError when
 * the database or the network fails. The next call then connects again.
 */
export class Connection {
  readonly #pool: Pool;
  readonly #prepare: boolean;
  #closing: Promise<void> | undefined;

  constructor({ pool, prepare }: Settings) {
    this.#pool = new Pool(pool);
    this.#prepare = prepare;
    // The pool replaces a broken idle connection on demand.
    this.#pool.on('error', () => {});
  }

  /**
   * Returns the rows of a statement. `undefined` parameters become NULL. Retries for `outageMs` during an outage, which
   * hides whether the statement took effect: it must be one that may run twice.
   */
  rows<Row extends QueryResultRow>(statement: Statement, values: Parameter[] = [], outageMs = 0): Promise<Row[]> {
    return this.#attempt(statement, values, outageMs);
  }

  /** Returns the first row of a statement. */
  async row<Row extends QueryResultRow>(statement: Statement, values: Parameter[] = []): Promise<Row | undefined> {
    const [row] = await this.rows<Row>(statement, values);
    return row;
  }

  /** Like `row`, but retries during an outage for up to `limits.postgresOutageMs`. */
  async rowAfterOutage<Row extends QueryResultRow>(
    statement: Statement,
    values: Parameter[],
  ): Promise<Row | undefined> {
    const [row] = await this.rows<Row>(statement, values, limits.postgresOutageMs);
    return row;
  }

  /** Records a use. Failures are ignored: reads still work when the store cannot be written. */
  async recordUse(statement: Statement, values: Parameter[]): Promise<void> {
    try {
      await this.rows(statement, values);
    } catch (reason) {
      if (!(reason instanceof ApiError)) throw reason;
    }
  }

  async #attempt<Row extends QueryResultRow>({ name, text }: Statement, values: Parameter[], outageMs: number) {
    const deadline = performance.now() + outageMs;
    const exact = toExact(values);
    let attempts = 1;
    for (;;) {
      if (this.#closing !== undefined) throw createClosedError();
      try {
        const { rows } = await this.#pool.query<Row>({ text, values: exact, ...(this.#prepare ? { name } : {}) });
        return rows;
      } catch (reason) {
        if (isOutage(reason) && performance.now() < deadline) await pause(limits.postgresOutagePollMs);
        else if (isRetryable(reason) && attempts < limits.postgresAttempts) {
          await pause(Math.random() * attempts++ * limits.postgresRetryMs);
        } else throw toStoreError(reason);
      }
    }
  }

  /** Returns the calls that wait for a connection, and the connections of the pool. */
  backlog(): StoreBacklog {
    const { totalCount, idleCount, waitingCount } = this.#pool;
    return { waiting: waitingCount, connections: { active: totalCount - idleCount, idle: idleCount } };
  }

  /** Rejects new calls and resolves when the running ones have finished. */
  close(): Promise<void> {
    this.#closing ??= this.#pool.end();
    return this.#closing;
  }
}

/** Encodes texts of clients. JSON is never changed, since it escapes what a database rejects. */
function toExact(values: Parameter[]): Parameter[] {
  if (values.every((value) => typeof value !== 'string' || isExact(value))) return values;
  return values.map((value) => (typeof value === 'string' ? toExactText(value) : value));
}
