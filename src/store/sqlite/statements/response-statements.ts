import type { Database, Statement } from 'better-sqlite3';
import type { ResponseId } from '../../../ids.ts';
import { nextItemKey } from './conversation-statements.ts';
import { itemsOf } from './items-of.ts';
import { newestUse, nextUse } from './order-of-use.ts';
import { type PurgeStatements, preparePurge } from './purge-statements.ts';

export interface ResponseRow {
  key: number;
  parentId: ResponseId | null;
  conversationKey: number | null;
  sessionId: string;
  createdAt: number;
  expiresAt: number | null;
  /** JSON. */
  resource: string;
}

export interface ItemRow {
  isOutput: 0 | 1;
  /** JSON. */
  body: string;
}

/** An item of a chain. A response without items has one row with nulls. */
export type ChainRow = { id: ResponseId } & (ItemRow | { isOutput: null; body: null });

/** An item of a chain that exists. */
export type ChainItemRow = { id: ResponseId } & ItemRow;

/** Metadata of an item whose body was not read. */
export interface HeadRow {
  key: number;
  id: string;
  bytes: number;
}

interface Chain extends Keyed {
  /** The most items. */
  items: number;
}

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
  expiresAt: number | null;
}

interface NewItem extends Owned, Keyed {
  position: number;
  isOutput: 0 | 1;
  body: string;
}

interface Membership extends Keyed {
  conversationKey: number;
}

export interface ResponseStatements extends PurgeStatements {
  findVisible: Statement<Owned, ResponseRow>;
  items: Statement<Keyed, ItemRow>;
  chain: Statement<Chain & { bytes: number }, ChainRow>;
  chainKeys: Statement<Chain, number>;
  heads: Statement<Chain, HeadRow>;
  chainFrom: Statement<Chain & { from: number }, ChainItemRow>;
  chainItem: Statement<Keyed, ChainItemRow>;
  findItem: Statement<Owned, string>;
  measureItem: Statement<Owned, number>;
  count: Statement<[], number>;
  upsert: Statement<NewResponse, number>;
  putResource: Statement<Keyed & { body: string }>;
  deleteItemsFrom: Statement<Keyed & { position: number }>;
  insertItem: Statement<NewItem>;
  isInConversation: Statement<Keyed, 0 | 1>;
  joinConversation: Statement<Membership>;
  shareItems: Statement<Membership>;
  check: Statement<[]>;
  use: Statement<Owned>;
}

/** SQL: the common table `chain`, newest response first. It has one row more than `@items` when the chain is longer. */
const chainOf = `
  WITH RECURSIVE chain (key, parent_key, id) AS MATERIALIZED (
    SELECT key, parent_key, id FROM responses WHERE key = @key
    UNION ALL
    SELECT r.key, r.parent_key, r.id FROM chain JOIN responses AS r ON r.key = chain.parent_key
    LIMIT @items + 1
  )`;

/** Prepares the statements of the response store. */
export function prepareResponseStatements(database: Database): ResponseStatements {
  return { ...prepareReads(database), ...prepareWrites(database), ...preparePurge(database) };
}

const newestItem = `
  FROM items JOIN responses AS r ON r.key = items.key >> 24
  WHERE items.tenant = @tenant AND items.id = @id AND r.used IS NOT NULL
  ORDER BY items.key DESC LIMIT 1`;

function prepareReads(database: Database) {
  return {
    findVisible: database.prepare<Owned, ResponseRow>(`
      SELECT r.key, parent.id AS parentId, r.session_id AS sessionId, r.created_at AS createdAt,
             r.expires_at AS expiresAt, r.conversation_key AS conversationKey, resources.body AS resource
      FROM responses AS r
      JOIN resources ON resources.response_key = r.key
      LEFT JOIN responses AS parent ON parent.key = r.parent_key
      WHERE r.tenant = @tenant AND r.id = @id AND r.used IS NOT NULL`),

    items: database.prepare<Keyed, ItemRow>(`
      SELECT is_output AS isOutput, body FROM items WHERE ${itemsOf('@key')} ORDER BY items.key`),

    /**
     * Oldest first: a parent is inserted before its children, so keys grow along a chain. Returns no row for a chain
     * beyond the bounds, and reads no body of it: `octet_length` of a column reads the length only.
     */
    chain: database.prepare<Chain & { bytes: number }, ChainRow>(`
      ${chainOf}, size AS MATERIALIZED (
        SELECT count(*) <= @items AND total(bytes) <= @bytes AND (SELECT count(*) FROM chain) <= @items AS fits
        FROM (
          SELECT octet_length(body) AS bytes FROM chain JOIN items ON ${itemsOf('chain.key')} LIMIT @items + 1
        ) AS measured
      )
      SELECT chain.id, is_output AS isOutput, body
      FROM size CROSS JOIN chain LEFT JOIN items ON ${itemsOf('chain.key')}
      WHERE size.fits
      ORDER BY chain.key, items.key`),
    chainKeys: database.prepare<Chain, number>(`${chainOf} SELECT key FROM chain ORDER BY key DESC`).pluck(),
    /** The items of one response, newest first. */
    heads: database.prepare<Chain, HeadRow>(`
      SELECT key, id, octet_length(body) AS bytes FROM items WHERE ${itemsOf('@key')} ORDER BY key DESC LIMIT @items`),
    chainFrom: database.prepare<Chain & { from: number }, ChainItemRow>(`
      ${chainOf} SELECT chain.id, is_output AS isOutput, body
      FROM chain JOIN items ON ${itemsOf('chain.key')}
      WHERE items.key >= @from AND chain.key >= @from >> 24 ORDER BY items.key`),
    chainItem: database.prepare<Keyed, ChainItemRow>(`
      SELECT r.id, is_output AS isOutput, body FROM items JOIN responses AS r ON r.key = items.key >> 24
      WHERE items.key = @key`),

    /** Searches the visible responses of a tenant, the one created last first. */
    findItem: database.prepare<Owned, string>(`SELECT body ${newestItem}`).pluck(),
    measureItem: database.prepare<Owned, number>(`SELECT octet_length(body) ${newestItem}`).pluck(),

    /** Counts visible responses. */
    count: database.prepare<[], number>('SELECT visible FROM totals').pluck(),
  };
}

function prepareWrites(database: Database) {
  return {
    /** A replacement keeps its parent. */
    upsert: database
      .prepare<NewResponse, number>(`
      INSERT INTO responses (tenant, id, parent_key, session_id, created_at, expires_at, used)
      VALUES (@tenant, @id, (SELECT key FROM responses WHERE tenant = @tenant AND id = @parentId),
              @sessionId, @createdAt, @expiresAt, ${nextUse('responses')})
      ON CONFLICT (tenant, id) DO UPDATE
        SET session_id = excluded.session_id, created_at = excluded.created_at, expires_at = excluded.expires_at,
            used = excluded.used
      RETURNING key`)
      .pluck(),

    putResource: database.prepare<Keyed & { body: string }>(
      'REPLACE INTO resources (response_key, body) VALUES (@key, @body)',
    ),
    deleteItemsFrom: database.prepare<Keyed & { position: number }>(
      'DELETE FROM items WHERE key BETWEEN @key << 24 | @position AND @key << 24 | 0xFFFFFF',
    ),
    insertItem: database.prepare<NewItem>(
      'INSERT INTO items VALUES (@key << 24 | @position, @tenant, @id, @isOutput, @body)',
    ),

    isInConversation: database
      .prepare<Keyed, 0 | 1>('SELECT conversation_key IS NOT NULL FROM responses WHERE key = @key')
      .pluck(),
    joinConversation: database.prepare<Membership>(
      'UPDATE responses SET conversation_key = @conversationKey WHERE key = @key',
    ),

    /** Appends the items of a response to a conversation without copying their bodies. */
    shareItems: database.prepare<Membership>(`
      INSERT INTO conversation_items (key, tenant, id, item_key)
      SELECT ${nextItemKey('@conversationKey')} + (items.key & 0xFFFFFF), tenant, id, key
      FROM items WHERE ${itemsOf('@key')}`),

    check: database.prepare<[]>('UPDATE totals SET checks = checks + 1'),

    /** Skips the write when the response is already the most recently used. */
    use: database.prepare<Owned>(`
      UPDATE responses SET used = ${nextUse('responses')}
      WHERE tenant = @tenant AND id = @id AND used < ${newestUse('responses')}`),
  };
}
