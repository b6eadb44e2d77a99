import type { Database, Statement } from 'better-sqlite3';
import type { ChatCompletionId } from '../../../ids.ts';
import { deleteExpired, deleteOverMaximum, nextUse, setUsed } from './order-of-use.ts';

/** A completion without its resource and messages. */
export interface ChatCompletionRow {
  key: number;
  id: ChatCompletionId;
  createdAt: number;
  expiresAt: number | null;
  model: string;
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

interface NewChatCompletion extends Owned {
  createdAt: number;
  expiresAt: number | null;
  model: string;
  metadata: string;
}

interface Contents {
  resource: string;
  messages: string;
}

/** A position in the order of a tenant's completions. */
export interface ListPosition {
  createdAt: number;
  key: number;
}

export interface ChatCompletionStatements {
  find: Statement<Owned, ChatCompletionRow>;
  use: Statement<Owned>;
  upsert: Statement<NewChatCompletion, number>;
  putContents: Statement<Keyed & Contents>;
  contents: Statement<Keyed, Contents>;
  resource: Statement<Keyed, string>;
  resourceBytes: Statement<Keyed, number>;
  ascending: Statement<ListPosition & { tenant: string }, ChatCompletionRow>;
  descending: Statement<ListPosition & { tenant: string }, ChatCompletionRow>;
  setMetadata: Statement<Keyed & { metadata: string }>;
  delete: Statement<Owned>;
  evict: Statement<{ maximum: number }>;
  deleteExpired: Statement<{ now: number; limit: number }>;
}

const columns = 'key, id, created_at AS createdAt, expires_at AS expiresAt, model, metadata';

/** Prepares the statements of the chat completion store. */
export function prepareChatCompletionStatements(database: Database): ChatCompletionStatements {
  return { ...prepareReads(database), ...prepareWrites(database) };
}

function prepareReads(database: Database) {
  const list = (comparison: '<' | '>', order: 'ASC' | 'DESC') =>
    database.prepare<ListPosition & { tenant: string }, ChatCompletionRow>(`
      SELECT ${columns} FROM chat_completions
      WHERE tenant = @tenant AND (created_at, key) ${comparison} (@createdAt, @key)
      ORDER BY created_at ${order}, key ${order}`);
  return {
    find: database.prepare<Owned, ChatCompletionRow>(`
      SELECT ${columns} FROM chat_completions WHERE tenant = @tenant AND id = @id`),
    contents: database.prepare<Keyed, Contents>(
      'SELECT resource, messages FROM chat_completion_contents WHERE completion_key = @key',
    ),
    resource: database
      .prepare<Keyed, string>('SELECT resource FROM chat_completion_contents WHERE completion_key = @key')
      .pluck(),
    resourceBytes: database
      .prepare<Keyed, number>('SELECT octet_length(resource) FROM chat_completion_contents WHERE completion_key = @key')
      .pluck(),
    ascending: list('>', 'ASC'),
    descending: list('<', 'DESC'),
  };
}

function prepareWrites(database: Database) {
  return {
    use: database.prepare<Owned>(`
      UPDATE chat_completions SET ${setUsed('chat_completions')} WHERE tenant = @tenant AND id = @id`),
    upsert: database
      .prepare<NewChatCompletion, number>(`
      INSERT INTO chat_completions (tenant, id, created_at, expires_at, used, model, metadata)
      VALUES (@tenant, @id, @createdAt, @expiresAt, ${nextUse('chat_completions')}, @model, @metadata)
      ON CONFLICT (tenant, id) DO UPDATE
        SET created_at = excluded.created_at, expires_at = excluded.expires_at, used = excluded.used,
            model = excluded.model, metadata = excluded.metadata
      RETURNING key`)
      .pluck(),
    putContents: database.prepare<Keyed & Contents>(
      'REPLACE INTO chat_completion_contents VALUES (@key, @resource, @messages)',
    ),
    setMetadata: database.prepare<Keyed & { metadata: string }>(
      'UPDATE chat_completions SET metadata = @metadata WHERE key = @key',
    ),
    delete: database.prepare<Owned>('DELETE FROM chat_completions WHERE tenant = @tenant AND id = @id'),
    evict: database.prepare<{ maximum: number }>(deleteOverMaximum('chat_completions')),
    deleteExpired: database.prepare<{ now: number; limit: number }>(deleteExpired('chat_completions')),
  };
}
