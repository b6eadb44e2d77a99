import { setTimeout as pause } from 'node:timers/promises';
import { Pool, type QueryResultRow } from 'pg';
import { limits } from '../../../config/limits.ts';
import { ApiError } from '../../../errors/api-error.ts';
import { createClosedError } from '../../shared/closed-error.ts';
import { isExact, toExactText } from '../../shared/exact-text.ts';
import type { Statement } from '../statements/name-statements.ts';
import type { Settings } from './settings.ts';
import { isOutage, mayPass, toStoreError } from './to-store-error.ts';

export type Parameter = string | number | boolean | Buffer | null | undefined;

/**
 * How the parts of a store use their one database: each call is one statement, which is a transaction of its own. What
 * the machine or the network refuses is thrown as a `store_unavailable` ApiError, and the next call connects again.
 */
export class Connection {
  readonly #pool: Pool;
  readonly #prepare: boolean;
  #closing: Promise<void> | undefined;

  constructor({ pool, prepare }: Settings) {
    this.#pool = new Pool(pool);
    this.#prepare = prepare;
    // An idle connection that breaks is replaced when it is needed.
    this.#pool.on('error', () => {});
  }

  /** Undefined parameters are null. */
  rows<Row extends QueryResultRow>(statement: Statement, values: Parameter[] = []): Promise<Row[]> {
    return this.#attempt(statement, values, 0);
  }

  async row<Row extends QueryResultRow>(statement: Statement, values: Parameter[] = []): Promise<Row | undefined> {
    const [row] = await this.rows<Row>(statement, values);
    return row;
  }

  /**
   * As `row`, for what can wait until the database is there again, such as after a restart. Only for a statement that can be
   * run again when it is unknown whether it was.
   */
  async rowAtLast<Row extends QueryResultRow>(statement: Statement, values: Parameter[]): Promise<Row | undefined> {
    const [row] = await this.#attempt<Row>(statement, values, limits.postgresOutageMs);
    return row;
  }

  /** Records a use. A store that can't be written at the moment still answers reads: only the order of use suffers. */
  async note(statement: Statement, values: Parameter[]): Promise<void> {
    try {
      await this.rows(statement, values);
    } catch (reason) {
      if (!(reason instanceof ApiError)) throw reason;
    }
  }

  async #attempt<Row extends QueryResultRow>({ name, text }: Statement, values: Parameter[], patienceMs: number) {
    const deadline = performance.now() + patienceMs;
    const exact = toExact(values);
    let attempts = 1;
    for (;;) {
      if (this.#closing !== undefined) throw createClosedError();
      try {
        const { rows } = await this.#pool.query<Row>({ text, values: exact, ...(this.#prepare ? { name } : {}) });
        return rows;
      } catch (reason) {
        if (isOutage(reason) && performance.now() < deadline) await pause(limits.postgresOutagePollMs);
        else if (mayPass(reason) && attempts < limits.postgresAttempts) {
          await pause(Math.random() * attempts++ * limits.postgresRetryMs);
        } else throw toStoreError(reason);
      }
    }
  }

  /** Lets what was asked for finish, and refuses everything from now on. */
  close(): Promise<void> {
    this.#closing ??= this.#pool.end();
    return this.#closing;
  }
}

/** Of the texts here only clients' own are ever changed: JSON holds nothing that a database can't. */
function toExact(values: Parameter[]): Parameter[] {
  if (values.every((value) => typeof value !== 'string' || isExact(value))) return values;
  return values.map((value) => (typeof value === 'string' ? toExactText(value) : value));
}
