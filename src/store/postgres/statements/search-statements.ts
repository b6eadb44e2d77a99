import { limits } from '../../../config/limits.ts';
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

/**
 * Examines responses in `scope` between two keys, newest first, and reads those that match. $3: the limit. Each LIMIT
 * prevents a join, for which the planner would scan a small table.
 */
const found = (scope: string): string => `
  WITH candidates AS MATERIALIZED (
    SELECT key, used FROM responses WHERE ${scope} AND key < $1 AND key >= $2
    ORDER BY key DESC LIMIT ${limits.searchedResponses}
  ), matching AS MATERIALIZED (
    SELECT key FROM candidates
    WHERE used IS NOT NULL AND ($4::text IS NULL OR (
      SELECT true FROM items WHERE items.response_key = candidates.key AND items.body ILIKE $4 LIMIT 1
    ))
    ORDER BY key DESC LIMIT $3::bigint
  )
  SELECT found.* FROM matching CROSS JOIN LATERAL (
    SELECT r.key, r.id, r.tenant, r.created_at AS "createdAt",
           (SELECT id FROM responses AS parent WHERE parent.key = r.parent_key) AS "parentId",
           (SELECT id FROM conversations AS c WHERE c.key = r.conversation_key) AS "conversationId",
           (SELECT body FROM resources WHERE resources.response_key = r.key) AS resource, (
             SELECT string_agg(body, E'\\x1e' ORDER BY position) FROM (
               SELECT body, position FROM items
               WHERE items.response_key = r.key AND position <= r.inputs AND octet_length(body) <= $5::integer
               ORDER BY position LIMIT $6::integer
             ) AS first_items
           ) AS input
    FROM responses AS r WHERE r.key = matching.key LIMIT 1
  ) AS found
  ORDER BY key DESC`;

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
/** Reads the nodes of a tree by the keys in `cut`. */
const nodes = `
  SELECT node.* FROM cut CROSS JOIN LATERAL (
    SELECT r.key, r.id, r.created_at AS "createdAt", r.used IS NOT NULL AS "isVisible",
           (SELECT id FROM responses AS parent WHERE parent.key = r.parent_key) AS "parentId"
    FROM responses AS r WHERE r.key = cut.key LIMIT 1
  ) AS node`;

const foundConversation = `
  SELECT id, tenant, created_at AS "createdAt", metadata, used,
         (SELECT count(*) FROM conversation_items WHERE conversation_key = conversations.key) AS items
  FROM conversations`;

export const searchStatements = nameStatements('search', {
  /** $1: the tenant; null: any. */
  findKeys: `
    SELECT r.key FROM (${tenantsOf('responses')}) AS owners CROSS JOIN LATERAL (
      SELECT key, conversation_key FROM responses WHERE tenant = owners.tenant AND id = $2 LIMIT 1
    ) AS r
    WHERE $3::text IS NULL OR (SELECT id FROM conversations AS c WHERE c.key = r.conversation_key) = $3`,
  findConversation: `
    SELECT c.key FROM (${tenantsOf('conversations')}) AS owners CROSS JOIN LATERAL (
      SELECT key FROM conversations WHERE tenant = owners.tenant AND id = $2 LIMIT 1
    ) AS c`,

  boundaryOfAll: boundary('true'),
  boundaryOfTenant: boundary('tenant = $4'),
  boundaryOfConversation: boundary(isOfConversation),
  ofAll: found('true'),
  ofTenant: found('tenant = $7'),
  ofConversation: found('conversation_key = $7::bigint'),
  /** $7: keys separated by commas. */
  ofKeys: found("key = ANY (string_to_array($7, ',')::bigint[])"),

  /** Newest first. */
  chain: `
    WITH RECURSIVE chain (key, parent_key) AS (
      SELECT key, parent_key FROM responses WHERE tenant = $1 AND id = $2 AND used IS NOT NULL
      UNION ALL
      SELECT r.key, r.parent_key FROM chain CROSS JOIN LATERAL (
        SELECT key, parent_key FROM responses WHERE key = chain.parent_key LIMIT 1
      ) AS r
    ), cut AS MATERIALIZED (SELECT key FROM chain LIMIT $3::bigint)
    ${nodes} ORDER BY key DESC`,
  /** Those nearest to the root with this key, oldest first. */
  descendants: `
    WITH RECURSIVE tree (key) AS (
      SELECT $1::bigint
      UNION ALL
      SELECT r.key FROM tree CROSS JOIN LATERAL (
        SELECT key FROM responses WHERE parent_key = tree.key ORDER BY key LIMIT $2::bigint
      ) AS r
    ), cut AS MATERIALIZED (SELECT key FROM tree LIMIT $2::bigint)
    ${nodes} ORDER BY key`,

  /** $1: before, $2: the number to examine. */
  conversationBoundary: `
    SELECT used FROM conversations WHERE used < $1 ORDER BY used DESC LIMIT 1 OFFSET $2::bigint - 1`,
  /** $1, $2: the range; $3: the tenant; $4: the id; $5: the limit. */
  conversations: `
    ${foundConversation} WHERE used < $1 AND used >= $2 AND ($3::text IS NULL OR tenant = $3) ORDER BY used DESC LIMIT $4::bigint`,
  conversationsById: `
    SELECT c.* FROM (${tenantsOf('conversations')}) AS owners CROSS JOIN LATERAL (
      ${foundConversation} WHERE tenant = owners.tenant AND id = $2 LIMIT 1
    ) AS c`,
});
