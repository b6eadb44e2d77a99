import type { Database, Statement } from 'better-sqlite3';
import { itemsOf } from './items-of.ts';

interface Owned {
  tenant: string;
  id: string;
}

interface Keyed {
  key: number;
}

export interface PurgeStatements {
  hide: Statement<Owned, number>;
  evict: Statement<{ maxResponses: number; putKey: number }, number>;
  expire: Statement<{ now: number; limit: number }, number>;
  unreachable: Statement<Keyed, number>;
  deleteItems: Statement<Keyed>;
  deleteResponse: Statement<Keyed>;
}

const isRunning = (response: string): string => `EXISTS (
  SELECT 1 FROM runs WHERE runs.tenant = ${response}.tenant AND runs.id = ${response}.id AND runs.ended_at IS NULL
)`;

/** Prepares the statements that hide responses and purge unreachable content. */
export function preparePurge(database: Database): PurgeStatements {
  return {
    hide: database
      .prepare<Owned, number>(`
      UPDATE responses SET used = NULL, expires_at = NULL
      WHERE tenant = @tenant AND id = @id AND used IS NOT NULL RETURNING key`)
      .pluck(),

    /**
     * Hides the least recently used responses over the maximum, except the one being put and those that are running.
     */
    evict: database
      .prepare<{ maxResponses: number; putKey: number }, number>(`
      UPDATE responses SET used = NULL, expires_at = NULL
      WHERE key IN (
        SELECT key FROM responses AS r WHERE used IS NOT NULL AND key <> @putKey AND NOT ${isRunning('r')}
        ORDER BY used LIMIT max(0, (SELECT visible FROM totals) - @maxResponses)
      )
      RETURNING key`)
      .pluck(),

    /** Hides at most `@limit` expired responses, oldest first, except those that are running. */
    expire: database
      .prepare<{ now: number; limit: number }, number>(`
      UPDATE responses SET used = NULL, expires_at = NULL
      WHERE key IN (
        SELECT key FROM responses AS r WHERE expires_at <= @now AND used IS NOT NULL AND NOT ${isRunning('r')}
        ORDER BY expires_at LIMIT @limit
      )
      RETURNING key`)
      .pluck(),

    /** Finds a hidden response and its hidden ancestors that no visible response can reach, children first. */
    unreachable: database
      .prepare<Keyed, number>(`
      WITH RECURSIVE unreachable (key, parent_key) AS (
        SELECT key, parent_key FROM responses AS r
        WHERE key = @key AND used IS NULL AND NOT EXISTS (SELECT 1 FROM responses WHERE parent_key = r.key)
        UNION ALL
        SELECT r.key, r.parent_key FROM unreachable AS child JOIN responses AS r ON r.key = child.parent_key
        WHERE used IS NULL AND NOT EXISTS (SELECT 1 FROM responses WHERE parent_key = r.key AND key <> child.key)
      )
      SELECT key FROM unreachable`)
      .pluck(),

    deleteItems: database.prepare<Keyed>(`DELETE FROM items WHERE ${itemsOf('@key')}`),
    deleteResponse: database.prepare<Keyed>('DELETE FROM responses WHERE key = @key'),
  };
}
