import type { Database } from 'better-sqlite3';
import { toWindowEnd, windowSeconds } from '../shared/token-windows.ts';
import type { ReapRequest } from '../store.ts';
import type { TokenUse, UsageStore } from '../usage-store.ts';
import type { Connection } from './connection/connection.ts';
import type { GroupCommit } from './connection/group-commit.ts';
import { prepareUsageStatements, type TokenWindows, type UsageStatements } from './statements/usage-statements.ts';

/** Token counters in one SQLite database. */
export class SqliteUsageStore implements UsageStore {
  readonly #connection: Connection;
  readonly #commits: GroupCommit;
  readonly #statements: UsageStatements;

  constructor(database: Database, connection: Connection, commits: GroupCommit) {
    this.#connection = connection;
    this.#commits = commits;
    this.#statements = prepareUsageStatements(database);
  }

  async add(tenant: string, tokens: number, now: number): Promise<void> {
    await this.#commits.add(() => this.#statements.add.run({ ...toWindows(tenant, now), tokens }));
  }

  async read(tenant: string, now: number): Promise<TokenUse> {
    const use = this.#connection.read(() => this.#statements.read.get(toWindows(tenant, now)));
    return use ?? { minute: 0, day: 0 };
  }

  /** Removes past windows and returns their number. */
  reap({ now, limit }: ReapRequest): number {
    return this.#connection.write(() => this.#statements.deletePast.run({ now, limit }).changes);
  }
}

const toWindows = (tenant: string, now: number): TokenWindows => ({
  tenant,
  minute: toWindowEnd(now, windowSeconds.minute),
  day: toWindowEnd(now, windowSeconds.day),
});
