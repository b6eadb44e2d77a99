import type { Database, Statement } from 'better-sqlite3';
import type { ResponseId } from '../../ids.ts';

export interface ResponseRow {
  key: number;
  parentId: ResponseId | null;
  sessionId: string;
  createdAt: number;
  /** JSON. */
  resource: string;
}

export interface ItemRow {
  isOutput: 0 | 1;
  /** JSON. */
  body: string;
}

/** One item of one response of a chain; a response without items has one row whose item is null. */
export type ChainRow = { id: ResponseId } & (ItemRow | { isOutput: null; body: null });

interface Owned {
  tenant: string;
  id: string;
}

interface Keyed {
  key: number;
}

interface NewResponse extends Owned {
  parentId: string | null;
  sessionId: string;
  createdAt: number;
}

interface NewItem extends Keyed {
  position: number;
  isOutput: 0 | 1;
  body: string;
}

export interface Statements {
  findVisible: Statement<Owned, ResponseRow>;
  items: Statement<Keyed, ItemRow>;
  chain: Statement<Keyed, ChainRow>;
  count: Statement<[], number>;
  upsert: Statement<NewResponse, number>;
  putResource: Statement<Keyed & { body: string }>;
  deleteItems: Statement<Keyed>;
  insertItem: Statement<NewItem>;
  check: Statement<[]>;
  use: Statement<Owned>;
  hide: Statement<Owned, number>;
  evict: Statement<{ maxResponses: number }, number>;
  unreachable: Statement<Keyed, number>;
  deleteResponse: Statement<Keyed>;
}

const newestUse = '(SELECT max(used) FROM responses WHERE used IS NOT NULL)';
const nextUse = `coalesce(${newestUse}, 0) + 1`;
const itemsOf = (key: string) => `items.key BETWEEN ${key} << 24 AND (${key} << 24) + 0xFFFFFF`;

/** Every statement of the response store, prepared once. */
export function prepareStatements(database: Database): Statements {
  return { ...prepareReads(database), ...prepareWrites(database), ...preparePurge(database) };
}

function prepareReads(database: Database) {
  return {
    findVisible: database.prepare<Owned, ResponseRow>(`
      SELECT r.key, parent.id AS parentId, r.session_id AS sessionId, r.created_at AS createdAt,
             resources.body AS resource
      FROM responses AS r
      JOIN resources ON resources.response_key = r.key
      LEFT JOIN responses AS parent ON parent.key = r.parent_key
      WHERE r.tenant = @tenant AND r.id = @id AND r.used IS NOT NULL`),

    items: database.prepare<Keyed, ItemRow>(`
      SELECT is_output AS isOutput, body FROM items WHERE ${itemsOf('@key')} ORDER BY items.key`),

    /** Oldest first: a parent is always there before its child, so keys grow along a chain. */
    chain: database.prepare<Keyed, ChainRow>(`
      WITH RECURSIVE chain (key, parent_key, id) AS (
        SELECT key, parent_key, id FROM responses WHERE key = @key
        UNION ALL
        SELECT r.key, r.parent_key, r.id FROM chain JOIN responses AS r ON r.key = chain.parent_key
      )
      SELECT chain.id, is_output AS isOutput, body
      FROM chain LEFT JOIN items ON ${itemsOf('chain.key')}
      ORDER BY chain.key, items.key`),

    /** How many are visible. */
    count: database.prepare<[], number>('SELECT visible FROM totals').pluck(),
  };
}

function prepareWrites(database: Database) {
  return {
    /** A replaced response stays where it is in its chain. */
    upsert: database
      .prepare<NewResponse, number>(`
      INSERT INTO responses (tenant, id, parent_key, session_id, created_at, used)
      VALUES (@tenant, @id, (SELECT key FROM responses WHERE tenant = @tenant AND id = @parentId),
              @sessionId, @createdAt, ${nextUse})
      ON CONFLICT (tenant, id) DO UPDATE
        SET session_id = excluded.session_id, created_at = excluded.created_at, used = excluded.used
      RETURNING key`)
      .pluck(),

    putResource: database.prepare<Keyed & { body: string }>('REPLACE INTO resources VALUES (@key, @body)'),
    deleteItems: database.prepare<Keyed>(`DELETE FROM items WHERE ${itemsOf('@key')}`),
    insertItem: database.prepare<NewItem>('INSERT INTO items VALUES (@key << 24 | @position, @isOutput, @body)'),

    check: database.prepare<[]>('UPDATE totals SET checks = checks + 1'),

    /** Writes nothing when it is the most recently used already. */
    use: database.prepare<Owned>(`
      UPDATE responses SET used = ${nextUse} WHERE tenant = @tenant AND id = @id AND used < ${newestUse}`),
  };
}

function preparePurge(database: Database) {
  return {
    hide: database
      .prepare<Owned, number>(`
      UPDATE responses SET used = NULL WHERE tenant = @tenant AND id = @id AND used IS NOT NULL RETURNING key`)
      .pluck(),

    /** Hides the least recently used beyond a number. */
    evict: database
      .prepare<{ maxResponses: number }, number>(`
      UPDATE responses SET used = NULL
      WHERE key IN (
        SELECT key FROM responses WHERE used IS NOT NULL
        ORDER BY used LIMIT max(0, (SELECT visible FROM totals) - @maxResponses)
      )
      RETURNING key`)
      .pluck(),

    /** A hidden response and its hidden ancestors that no visible response can reach, children first. */
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

    deleteResponse: database.prepare<Keyed>('DELETE FROM responses WHERE key = @key'),
  };
}
