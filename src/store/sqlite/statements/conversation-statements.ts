import type { Database, Statement } from 'better-sqlite3';
import type { ConversationId } from '../../../ids.ts';
import { deleteExpired, deleteOverMaximum, nextUse, setUsed } from './order-of-use.ts';

export interface ConversationRow {
  key: number;
  sessionId: string;
  createdAt: number;
  /** JSON. */
  metadata: string;
}

interface Owned {
  tenant: string;
  id: string;
}

interface Keyed {
  key: number;
}

interface OwnedItem extends Owned, Keyed {}

interface NewConversation extends Owned {
  sessionId: string;
  createdAt: number;
  expiresAt: number | null;
  metadata: string;
}

/** Items beyond a position. */
interface ItemsBeyond extends Keyed {
  position: number;
}

/** The key of an item and the bytes of its body. */
export type SizedRow = Pick<HeadRow, 'key' | 'bytes'>;

/** The size of a conversation, counted up to a limit. */
export interface SizeRow {
  items: number;
  bytes: number;
}

/** Metadata of an item whose body was not read. */
export interface HeadRow {
  key: number;
  id: string;
  bytes: number;
}

interface Limited extends Keyed {
  limit: number;
}

/** Positions of the first and the last item with an id; null: there is none. */
export type ItemPositions = { first: number; last: number } | { first: null; last: null };

export interface ConversationStatements {
  find: Statement<Owned, ConversationRow>;
  id: Statement<Keyed, ConversationId>;
  use: Statement<Owned, ConversationRow>;
  insert: Statement<NewConversation, number>;
  setMetadata: Statement<Keyed & { metadata: string }>;
  delete: Statement<Owned>;
  evict: Statement<{ maximum: number }>;
  extend: Statement<Keyed & { expiresAt: number }>;
  deleteExpired: Statement<{ now: number; limit: number }>;
  size: Statement<Limited, SizeRow>;
  heads: Statement<Limited, HeadRow>;
  itemsFrom: Statement<Keyed & { from: number }, string>;
  itemAt: Statement<Keyed, string>;
  ascending: Statement<ItemsBeyond, SizedRow>;
  descending: Statement<ItemsBeyond, SizedRow>;
  positions: Statement<OwnedItem, ItemPositions>;
  item: Statement<OwnedItem, string>;
  findItem: Statement<Owned, string>;
  measureItem: Statement<Owned, number>;
  append: Statement<OwnedItem & { body: string }>;
  deleteItem: Statement<OwnedItem>;
}

/** The last position that fits into a key of `conversation_items`. It is never reached. */
export const endPosition = 0xffffffff;

/** SQL: the condition that selects the items of a conversation. */
export const ownItems = (key: string) => `own.key BETWEEN ${key} << 32 AND ${key} << 32 | ${endPosition}`;

/** SQL: the key of the next item of the conversation with this key. */
export const nextItemKey = (key: string): string =>
  `coalesce((SELECT max(own.key) FROM conversation_items AS own WHERE ${ownItems(key)}), ${key} << 32) + 1`;

const columns = 'key, session_id AS sessionId, created_at AS createdAt, metadata';
const sources = 'conversation_items AS own LEFT JOIN items ON items.key = own.item_key';
const bodies = `SELECT coalesce(own.body, items.body) FROM ${sources}`;
/** Lengths of columns, not of the coalesced body: SQLite then reads no body. */
const bytes = 'coalesce(octet_length(own.body), octet_length(items.body)) AS bytes';

/** Prepares the statements of the conversation store. */
export function prepareConversationStatements(database: Database): ConversationStatements {
  return { ...prepareConversations(database), ...prepareItemReads(database), ...prepareItemWrites(database) };
}

function prepareConversations(database: Database) {
  return {
    find: database.prepare<Owned, ConversationRow>(`
      SELECT ${columns} FROM conversations WHERE tenant = @tenant AND id = @id`),
    id: database.prepare<Keyed, ConversationId>('SELECT id FROM conversations WHERE key = @key').pluck(),
    use: database.prepare<Owned, ConversationRow>(`
      UPDATE conversations SET ${setUsed('conversations')} WHERE tenant = @tenant AND id = @id RETURNING ${columns}`),
    insert: database
      .prepare<NewConversation, number>(`
      INSERT INTO conversations (tenant, id, session_id, created_at, expires_at, used, metadata)
      VALUES (@tenant, @id, @sessionId, @createdAt, @expiresAt, ${nextUse('conversations')}, @metadata)
      RETURNING key`)
      .pluck(),
    setMetadata: database.prepare<Keyed & { metadata: string }>(
      'UPDATE conversations SET metadata = @metadata WHERE key = @key',
    ),
    delete: database.prepare<Owned>('DELETE FROM conversations WHERE tenant = @tenant AND id = @id'),
    evict: database.prepare<{ maximum: number }>(deleteOverMaximum('conversations')),
    /** Does not change a conversation that never expires. */
    extend: database.prepare<Keyed & { expiresAt: number }>(
      'UPDATE conversations SET expires_at = @expiresAt WHERE key = @key AND expires_at < @expiresAt',
    ),
    deleteExpired: database.prepare<{ now: number; limit: number }>(deleteExpired('conversations')),
  };
}

function prepareItemReads(database: Database) {
  const pluck = <Parameters extends object>(sql: string) => database.prepare<Parameters, string>(sql).pluck();
  return {
    size: database.prepare<Limited, SizeRow>(`
      SELECT count(*) AS items, total(bytes) AS bytes
      FROM (SELECT ${bytes} FROM ${sources} WHERE ${ownItems('@key')} LIMIT @limit) AS measured`),
    /** Newest first. */
    heads: database.prepare<Limited, HeadRow>(`
      SELECT own.key, own.id, ${bytes} FROM ${sources} WHERE ${ownItems('@key')} ORDER BY own.key DESC LIMIT @limit`),
    itemsFrom: pluck<Keyed & { from: number }>(`
      ${bodies} WHERE ${ownItems('@key')} AND own.key >= @from ORDER BY own.key`),
    itemAt: pluck<Keyed>(`${bodies} WHERE own.key = @key`),
    ascending: database.prepare<ItemsBeyond, SizedRow>(`
      SELECT own.key, ${bytes} FROM ${sources}
      WHERE own.key > (@key << 32 | @position) AND own.key <= (@key << 32 | ${endPosition}) ORDER BY own.key`),
    descending: database.prepare<ItemsBeyond, SizedRow>(`
      SELECT own.key, ${bytes} FROM ${sources}
      WHERE own.key < (@key << 32 | @position) AND own.key > @key << 32 ORDER BY own.key DESC`),
    positions: database.prepare<OwnedItem, ItemPositions>(`
      SELECT min(own.key) & ${endPosition} AS first, max(own.key) & ${endPosition} AS last
      FROM conversation_items AS own WHERE own.tenant = @tenant AND own.id = @id AND ${ownItems('@key')}`),
    item: pluck<OwnedItem>(`
      ${bodies} WHERE own.tenant = @tenant AND own.id = @id AND ${ownItems('@key')} ORDER BY own.key DESC LIMIT 1`),
    /** Searches all conversations of a tenant. The one created last has the highest keys. */
    findItem: pluck<Owned>(`
      ${bodies} WHERE own.tenant = @tenant AND own.id = @id ORDER BY own.key DESC LIMIT 1`),
    measureItem: database
      .prepare<Owned, number>(`
      SELECT ${bytes} FROM ${sources} WHERE own.tenant = @tenant AND own.id = @id ORDER BY own.key DESC LIMIT 1`)
      .pluck(),
  };
}

function prepareItemWrites(database: Database) {
  return {
    append: database.prepare<OwnedItem & { body: string }>(`
      INSERT INTO conversation_items (key, tenant, id, body) VALUES (${nextItemKey('@key')}, @tenant, @id, @body)`),
    deleteItem: database.prepare<OwnedItem>(`
      DELETE FROM conversation_items AS own WHERE own.tenant = @tenant AND own.id = @id AND ${ownItems('@key')}`),
  };
}
