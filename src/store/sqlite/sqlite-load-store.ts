import type { Database } from 'better-sqlite3';
import { limits } from '../../config/limits.ts';
import type { Load, LoadFlush, LoadQuery, LoadStore } from '../load-store.ts';
import { toLoadBucket, toLoadRange, toLoadValues } from '../shared/load-rows.ts';
import type { ReapRequest } from '../store.ts';
import type { Connection } from './connection/connection.ts';
import type { GroupCommit } from './connection/group-commit.ts';
import { type LoadStatements, prepareLoadStatements } from './statements/load-statements.ts';

/** Load counters in one SQLite database. */
export class SqliteLoadStore implements LoadStore {
  readonly #connection: Connection;
  readonly #commits: GroupCommit;
  readonly #statements: LoadStatements;

  constructor(database: Database, connection: Connection, commits: GroupCommit) {
    this.#connection = connection;
    this.#commits = commits;
    this.#statements = prepareLoadStatements(database);
  }

  async add({ server, number, at, rows, peaks }: LoadFlush): Promise<void> {
    await this.#commits.add(() => {
      if (this.#statements.begin.run({ server, number, at }).changes === 0) return;
      for (const row of rows) this.#statements.add.run(toLoadValues(row));
      for (const peak of peaks) this.#statements.raise.run({ ...peak, server });
    });
  }

  async read(query: LoadQuery): Promise<Load> {
    const { tenant = null, ...range } = toLoadRange(query);
    return this.#connection.read(() => ({
      buckets: this.#statements.buckets.all({ ...range, tenant }).map(toLoadBucket),
      peaks: this.#statements.peaks.all(range),
    }));
  }

  /** Removes old rows and returns their number. */
  reap({ now, limit }: ReapRequest): number {
    const request = { before: now - limits.loadSeconds, limit: limit * limits.smallRowsReaped };
    return this.#connection.write(() => {
      this.#statements.deleteOldFlushes.run({ before: request.before });
      const rows = this.#statements.deleteOldRows.run(request).changes;
      return rows + this.#statements.deleteOldPeaks.run(request).changes;
    });
  }
}
