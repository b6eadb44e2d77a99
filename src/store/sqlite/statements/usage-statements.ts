import type { Database, Statement } from 'better-sqlite3';
import { windowSeconds } from '../../shared/token-windows.ts';
import type { TokenUse } from '../../usage-store.ts';

/** The ends of both windows of a tenant. */
export interface TokenWindows {
  tenant: string;
  minute: number;
  day: number;
}

export interface UsageStatements {
  add: Statement<TokenWindows & { tokens: number }>;
  read: Statement<TokenWindows, TokenUse>;
  deletePast: Statement<{ now: number; limit: number }>;
}

/** Prepares the statements of the usage store. */
export function prepareUsageStatements(database: Database): UsageStatements {
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
