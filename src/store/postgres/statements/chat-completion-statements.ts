import type { ChatCompletionId } from '../../../ids.ts';
import { nameStatements } from './name-statements.ts';
import { pageRows } from './page-rows.ts';
import { textsOf } from './sequence.ts';

export interface ChatCompletionRow {
  id: ChatCompletionId;
  createdAt: number;
  /** JSON. */
  model: string;
  /** JSON. */
  metadata: string;
  /** JSON. */
  resource: string;
}

export interface WholeRow extends ChatCompletionRow {
  expiresAt: number | null;
  /** JSON. */
  messages: string;
}

/** A position in the order of a tenant's completions. */
export interface ListPosition {
  createdAt: number;
  key: number;
}

const columns = 'c.id, c.created_at AS "createdAt", c.model, c.metadata, contents.resource';
const contents = 'chat_completion_contents AS contents';

const list = (comparison: '<' | '>', order: 'ASC' | 'DESC') => {
  const sized = `
    SELECT c.key, c.created_at, octet_length(contents.resource) AS bytes
    FROM chat_completions AS c JOIN ${contents} ON contents.completion_key = c.key
    WHERE c.tenant = $1 AND (c.created_at, c.key) ${comparison} ($2::bigint, $3::bigint)
      AND ($4::text IS NULL OR c.model = $4) AND c.pairs @> ${textsOf('$5')}
    ORDER BY c.created_at ${order}, c.key ${order} LIMIT $6::bigint`;
  return `
  ${pageRows({ sized, order: `created_at ${order}, key ${order}`, limit: '$6', bytes: '$7' })}
  SELECT ${columns}, page.found
  FROM page JOIN chat_completions AS c ON c.key = page.key JOIN ${contents} ON contents.completion_key = c.key
  ORDER BY page.number`;
};

export const chatCompletionStatements = nameStatements('chat_completions', {
  put: `
    WITH completion AS (
      INSERT INTO chat_completions (tenant, id, created_at, expires_at, model, metadata, pairs)
      VALUES ($1, $2, $3, $4, $5, $6, ${textsOf('$7')})
      ON CONFLICT (tenant, id) DO UPDATE
        SET created_at = excluded.created_at, expires_at = excluded.expires_at, used = excluded.used,
            model = excluded.model, metadata = excluded.metadata, pairs = excluded.pairs
      RETURNING key
    )
    INSERT INTO chat_completion_contents (completion_key, resource, messages)
    SELECT key, $8, $9 FROM completion
    ON CONFLICT (completion_key) DO UPDATE SET resource = excluded.resource, messages = excluded.messages`,

  find: `
    SELECT ${columns}, c.expires_at AS "expiresAt", contents.messages
    FROM chat_completions AS c JOIN ${contents} ON contents.completion_key = c.key
    WHERE c.tenant = $1 AND c.id = $2`,

  position: 'SELECT created_at AS "createdAt", key FROM chat_completions WHERE tenant = $1 AND id = $2',
  ascending: list('>', 'ASC'),
  descending: list('<', 'DESC'),

  setMetadata: `
    UPDATE chat_completions AS c
    SET metadata = $3, pairs = ${textsOf('$4')}, used = nextval('uses')
    FROM ${contents}
    WHERE c.tenant = $1 AND c.id = $2 AND contents.completion_key = c.key
    RETURNING ${columns}`,

  delete: 'DELETE FROM chat_completions WHERE tenant = $1 AND id = $2 RETURNING true AS deleted',
  evict: 'SELECT evict_chat_completions($1)',
  reap: `
    WITH due AS MATERIALIZED (
      SELECT key FROM chat_completions WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2 FOR UPDATE SKIP LOCKED
    ), deleted AS (DELETE FROM chat_completions AS c USING due WHERE c.key = due.key RETURNING 1)
    SELECT count(*)::integer AS count FROM deleted`,

  /** Skips the write when the completion is already the most recently used. */
  use: `
    UPDATE chat_completions SET used = nextval('uses')
    WHERE tenant = $1 AND id = $2 AND used < (SELECT max(used) FROM chat_completions)`,
});
