import { toWindowEnd, windowSeconds } from '../shared/token-windows.ts';
import type { TokenUse, UsageStore } from '../usage-store.ts';
import type { Connection } from './connection/connection.ts';
import { nameStatements } from './statements/name-statements.ts';

const { minute, day } = windowSeconds;

const sum = (seconds: number, end: string) => `
  coalesce((SELECT tokens FROM token_use WHERE tenant = $1 AND ends_at = ${end} AND seconds = ${seconds}), 0)`;

export const usageStatements = nameStatements('usage', {
  add: `
    INSERT INTO token_use AS own (tenant, ends_at, seconds, tokens)
    VALUES ($1, $2, ${minute}, $4::bigint), ($1, $3, ${day}, $4::bigint)
    ON CONFLICT (tenant, ends_at, seconds) DO UPDATE SET tokens = own.tokens + excluded.tokens`,
  read: `SELECT ${sum(minute, '$2')} AS minute, ${sum(day, '$3')} AS day`,
  reap: `
    WITH due AS MATERIALIZED (
      SELECT tenant, ends_at, seconds FROM token_use
      WHERE ends_at <= $1 ORDER BY ends_at LIMIT $2 FOR UPDATE SKIP LOCKED
    ), deleted AS (
      DELETE FROM token_use AS own USING due
      WHERE own.tenant = due.tenant AND own.ends_at = due.ends_at AND own.seconds = due.seconds RETURNING 1
    )
    SELECT count(*)::integer AS count FROM deleted`,
});

/** Token counters in one PostgreSQL database. */
export class PostgresUsageStore implements UsageStore {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  async add(tenant: string, tokens: number, now: number): Promise<void> {
    await this.#connection.rows(usageStatements.add, [...toParameters(tenant, now), tokens]);
  }

  async read(tenant: string, now: number): Promise<TokenUse> {
    const use = await this.#connection.row<TokenUse>(usageStatements.read, toParameters(tenant, now));
    return use ?? { minute: 0, day: 0 };
  }
}

const toParameters = (tenant: string, now: number) => [tenant, toWindowEnd(now, minute), toWindowEnd(now, day)];
