import type { Database, Statement } from 'better-sqlite3';
import { toWindowEnd, windowSeconds } from '../shared/token-windows.ts';
import type { ReapRequest } from '../store.ts';
import type { TokenUse, UsageStore } from '../usage-store.ts';
import type { Connection } from './connection/connection.ts';
import type { GroupCommit } from './connection/group-commit.ts';

/** The ends of both windows of a tenant. */
interface Windows {
  tenant: string;
  minute: number;
  day: number;
}

interface UsageStatements {
  add: Statement<Windows & { tokens: number }>;
  read: Statement<Windows, TokenUse>;
  deletePast: Statement<{ now: number; limit: number }>;
}

/** Token counters in one SQLite database. */
export class SqliteUsageStore implements UsageStore {
  readonly #connection: Connection;
  readonly #commits: GroupCommit;
  readonly #statements: UsageStatements;

  constructor(database: Database, connection: Connection, commits: GroupCommit) {
    this.#connection = connection;
    this.#commits = commits;
    this.#statements = prepareStatements(database);
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

const toWindows = (tenant: string, now: number): Windows => ({
  tenant,
  minute: toWindowEnd(now, windowSeconds.minute),
  day: toWindowEnd(now, windowSeconds.day),
});

function prepareStatements(database: Database): UsageStatements {
  const { minute, day } = windowSeconds;
  const sum = (seconds: number, end: string) => `
    coalesce((SELECT tokens FROM token_use WHERE tenant = @tenant AND ends_at = ${end} AND seconds = ${seconds}), 0)`;
  return {
    add: database.prepare(`
      INSERT INTO token_use (tenant, ends_at, seconds, tokens)
      VALUES (@tenant, @minute, ${minute}, @tokens), (@tenant, @day, ${day}, @tokens)
      ON CONFLICT (tenant, ends_at, seconds) DO UPDATE SET tokens = tokens + excluded.tokens`),
    read: database.prepare(`SELECT ${sum(minute, '@minute')} AS minute, ${sum(day, '@day')} AS day`),
    deletePast: database.prepare(`
      DELETE FROM token_use WHERE (tenant, ends_at, seconds) IN (
        SELECT tenant, ends_at, seconds FROM token_use WHERE ends_at <= @now ORDER BY ends_at LIMIT @limit
      )`),
  };
}
