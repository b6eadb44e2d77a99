import { setTimeout as pause } from 'node:timers/promises';
import { Pool, type QueryResultRow } from 'pg';
import { limits } from '../../config/limits.ts';
import { ApiError } from '../../errors/api-error.ts';
import { createClosedError } from '../closed-error.ts';
import type { Settings } from './settings.ts';
import type { Statement } from './statement.ts';
import { mayPass, toStoreError } from './to-store-error.ts';

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
  async rows<Row extends QueryResultRow>({ name, text }: Statement, values: Parameter[] = []): Promise<Row[]> {
    for (let attempt = 1; ; attempt++) {
      if (this.#closing !== undefined) throw createClosedError();
      try {
        const { rows } = await this.#pool.query<Row>({ text, values, ...(this.#prepare ? { name } : {}) });
        return rows;
      } catch (reason) {
        if (attempt === limits.postgresAttempts || !mayPass(reason)) throw toStoreError(reason);
        await pause(Math.random() * attempt * limits.postgresRetryMs);
      }
    }
  }

  async row<Row extends QueryResultRow>(statement: Statement, values: Parameter[] = []): Promise<Row | undefined> {
    const [row] = await this.rows<Row>(statement, values);
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

  /** Lets what was asked for finish, and refuses everything from now on. */
  close(): Promise<void> {
    this.#closing ??= this.#pool.end();
    return this.#closing;
  }
}
