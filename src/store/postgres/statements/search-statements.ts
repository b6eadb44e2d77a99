import type { FoundRow } from '../../shared/to-found-response.ts';
import { nameStatements } from './name-statements.ts';

export interface FoundResponseRow extends FoundRow {
  key: number;
  /** The first input items, separated by U+001E; null: none. */
  input: string | null;
}

/** Walks the index of a table from tenant to tenant. */
const tenantsOf = (table: 'responses' | 'conversations'): string => `
  WITH RECURSIVE walk (tenant) AS (
    SELECT min(tenant) FROM ${table}
    UNION ALL
    SELECT (SELECT min(own.tenant) FROM ${table} AS own WHERE own.tenant > walk.tenant)
    FROM walk WHERE walk.tenant IS NOT NULL
  )
  SELECT tenant FROM walk WHERE tenant IS NOT NULL AND ($1::text IS NULL OR tenant = $1)`;

/** Examines rows of `candidates`, newest first, and reads those that match. $3: the limit. */
const found = (candidates: string): string => `
  WITH candidates AS MATERIALIZED (${candidates}), matching AS MATERIALIZED (
    SELECT key FROM candidates
    WHERE used IS NOT NULL AND ($4::text IS NULL OR EXISTS (
      SELECT 1 FROM items WHERE items.response_key = candidates.key AND items.body ILIKE $4
    ))
    ORDER BY key DESC LIMIT $3::bigint
  )
  SELECT r.key, r.id, r.tenant, parent.id AS "parentId", c.id AS "conversationId", r.created_at AS "createdAt",
         resources.body AS resource, (
           SELECT string_agg(body, E'\\x1e' ORDER BY position) FROM (
             SELECT body, position FROM items
             WHERE items.response_key = r.key AND position <= r.inputs AND octet_length(body) <= $5::integer
             ORDER BY position LIMIT $6::integer
           ) AS first_items
         ) AS input
  FROM matching
  JOIN responses AS r ON r.key = matching.key
  JOIN resources ON resources.response_key = r.key
  LEFT JOIN responses AS parent ON parent.key = r.parent_key
  LEFT JOIN conversations AS c ON c.key = r.conversation_key
  ORDER BY r.key DESC`;

const range = 'key < $1 AND key >= $2';

/** The last of the responses in `scope` that a search examines: at most $2 of them with $3 bytes of items, in order. */
const boundary = (scope: string): string => `
  WITH examined AS MATERIALIZED (
    SELECT key FROM responses WHERE ${scope} AND key < $1 ORDER BY key DESC LIMIT $2::bigint
  ), sized AS (
    SELECT key, row_number() OVER walk AS number, sum(
      CASE WHEN $3::bigint IS NULL THEN 0
           ELSE coalesce((SELECT sum(octet_length(body)) FROM items WHERE items.response_key = examined.key), 0) END
    ) OVER walk AS total
    FROM examined WINDOW walk AS (ORDER BY key DESC ROWS UNBOUNDED PRECEDING)
  )
  SELECT key FROM sized WHERE number = $2::bigint OR total >= $3::bigint ORDER BY key DESC LIMIT 1`;

const isOfConversation = 'conversation_key = $4::bigint';
const columns = 'key, used FROM responses';

const node = `
  r.key, r.id, parent.id AS "parentId", r.created_at AS "createdAt", r.used IS NOT NULL AS "isVisible"`;

export const searchStatements = nameStatements('search', {
  /** $1: the tenant; null: any. */
  findKeys: `
    SELECT r.key FROM (${tenantsOf('responses')}) AS owners
    JOIN responses AS r ON r.tenant = owners.tenant AND r.id = $2
    LEFT JOIN conversations AS c ON c.key = r.conversation_key
    WHERE $3::text IS NULL OR c.id = $3 ORDER BY r.key DESC`,
  findConversation: `
    SELECT c.key FROM (${tenantsOf('conversations')}) AS owners
    JOIN conversations AS c ON c.tenant = owners.tenant AND c.id = $2`,

  boundaryOfAll: boundary('true'),
  boundaryOfTenant: boundary('tenant = $4'),
  boundaryOfConversation: boundary(isOfConversation),
  ofAll: found(`SELECT ${columns} WHERE ${range}`),
  ofTenant: found(`SELECT ${columns} WHERE tenant = $7 AND ${range}`),
  ofConversation: found(`SELECT ${columns} WHERE conversation_key = $7::bigint AND ${range}`),
  /** $7: keys separated by commas. */
  ofKeys: found(`SELECT ${columns} WHERE key = ANY (string_to_array($7, ',')::bigint[]) AND ${range}`),

  /** Newest first. */
  chain: `
    WITH RECURSIVE chain (key, parent_key) AS (
      SELECT key, parent_key FROM responses WHERE tenant = $1 AND id = $2 AND used IS NOT NULL
      UNION ALL
      SELECT r.key, r.parent_key FROM chain CROSS JOIN LATERAL (
        SELECT key, parent_key FROM responses WHERE key = chain.parent_key LIMIT 1
      ) AS r
    ), cut AS MATERIALIZED (SELECT key FROM chain LIMIT $3::bigint)
    SELECT ${node} FROM cut JOIN responses AS r ON r.key = cut.key
    LEFT JOIN responses AS parent ON parent.key = r.parent_key ORDER BY r.key DESC`,
  /** Those nearest to the root with this key, oldest first. */
  descendants: `
    WITH RECURSIVE tree (key) AS (
      SELECT $1::bigint
      UNION ALL
      SELECT r.key FROM tree JOIN responses AS r ON r.parent_key = tree.key
    ), cut AS MATERIALIZED (SELECT key FROM tree LIMIT $2::bigint)
    SELECT ${node} FROM cut JOIN responses AS r ON r.key = cut.key
    LEFT JOIN responses AS parent ON parent.key = r.parent_key ORDER BY r.key`,

  /** $1: before, $2: the number to examine. */
  conversationBoundary: `
    SELECT used FROM conversations WHERE used < $1 ORDER BY used DESC LIMIT 1 OFFSET $2::bigint - 1`,
  /** $1, $2: the range; $3: the tenant; $4: the id; $5: the limit. */
  conversations: `
    SELECT id, tenant, created_at AS "createdAt", metadata, used,
           (SELECT count(*) FROM conversation_items WHERE conversation_key = conversations.key) AS items
    FROM conversations
    WHERE used < $1 AND used >= $2 AND ($3::text IS NULL OR tenant = $3) ORDER BY used DESC LIMIT $4::bigint`,
  conversationsById: `
    SELECT c.id, c.tenant, c.created_at AS "createdAt", c.metadata, c.used,
           (SELECT count(*) FROM conversation_items WHERE conversation_key = c.key) AS items
    FROM (${tenantsOf('conversations')}) AS owners
    JOIN conversations AS c ON c.tenant = owners.tenant AND c.id = $2`,
});
