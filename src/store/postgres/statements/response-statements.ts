import type { ConversationId, ResponseId } from '../../../ids.ts';
import { nameStatements } from './name-statements.ts';
import { textsOf } from './sequence.ts';

export interface TurnRow {
  /** How many of the items are input; they come first. */
  inputs: number;
  /** `{…},{…}`; null: no items. */
  items: string | null;
}

export interface ResponseRow extends TurnRow {
  parentId: ResponseId | null;
  conversationId: ConversationId | null;
  sessionId: string;
  createdAt: number;
  expiresAt: number | null;
  /** JSON. */
  resource: string;
}

/**
 * One response of a chain. A chain beyond the bounds has one row: its last response, without items. So has one that is
 * joined: its last response, with its fragment.
 */
export interface ChainRow extends TurnRow {
  id: ResponseId;
  parentId: ResponseId | null;
  sessionId: string;
  /** JSON; null except in a joined chain. */
  openCalls: string | null;
  system: string | null;
  messages: string | null;
  /** JSON; null except in the last response. */
  resource: string | null;
  /** Whether the chain is within the bounds. */
  fits: boolean;
}

export interface JoinedRow {
  system: string | null;
  messages: string | null;
}

/** Metadata of an item whose body was not read. */
export interface HeadRow {
  responseKey: number;
  position: number;
  /** Result of `toItemKey`. */
  key: string;
  bytes: number;
}

export interface ChainItemRow {
  id: ResponseId;
  isOutput: boolean;
  /** JSON. */
  body: string;
}

const itemsOf = (key: string) => `
  (SELECT string_agg(items.body, ',' ORDER BY items.position) FROM items WHERE items.response_key = ${key})`;

/**
 * SQL: the common table `chain`, newest response first. It has one row more than `limit` when the chain is longer. The
 * LIMIT in each step prevents a join, for which the planner would scan a small table for each turn.
 */
const chainOf = (limit: string, condition = ''): string => `
  chain (key, parent_key, id, session_id, inputs, depth) AS (
    SELECT key, parent_key, id, session_id, inputs, 1 FROM responses
    WHERE tenant = $1 AND id = $2 AND used IS NOT NULL ${condition}
    UNION ALL
    SELECT r.*, depth + 1 FROM chain CROSS JOIN LATERAL (
      SELECT key, parent_key, id, session_id, inputs FROM responses WHERE key = chain.parent_key LIMIT 1
    ) AS r WHERE depth <= ${limit}
  )`;

/** SQL: the item of the visible response created last, otherwise of the conversation created last. */
const newestItem = (of: (body: string) => string): string => `coalesce(
      (
        SELECT ${of('items.body')} FROM items JOIN responses AS r ON r.key = items.response_key
        WHERE items.tenant = $1 AND items.id = wanted.key AND r.used IS NOT NULL
        ORDER BY items.response_key DESC, items.position DESC LIMIT 1
      ), (
        SELECT coalesce(${of('own.body')}, ${of('items.body')})
        FROM conversation_items AS own
        LEFT JOIN items ON items.response_key = own.response_key AND items.position = own.item_position
        WHERE own.tenant = $1 AND own.id = wanted.key
        ORDER BY own.conversation_key DESC, own.position DESC LIMIT 1
      ))`;

/** SQL: a call of `put_response` whose first parameter has this number. */
export const putResponse = (first: number): string =>
  `put_response(${Array.from({ length: 15 }, (_, index) => `$${first + index}`).join(', ')})`;

export const responseStatements = nameStatements('responses', {
  find: `
    SELECT parent.id AS "parentId", conversations.id AS "conversationId", r.session_id AS "sessionId",
           r.created_at AS "createdAt", r.expires_at AS "expiresAt", r.inputs, resources.body AS resource,
           ${itemsOf('r.key')} AS items
    FROM responses AS r
    JOIN resources ON resources.response_key = r.key
    LEFT JOIN responses AS parent ON parent.key = r.parent_key
    LEFT JOIN conversations ON conversations.key = r.conversation_key
    WHERE r.tenant = $1 AND r.id = $2 AND r.used IS NOT NULL`,

  /**
   * Oldest first: a parent is inserted before its children, so keys grow along a chain. Reads items only within $3
   * bytes and $4 items; `octet_length` does not read the body. A chain of fragments within $3 bytes and $5 items is
   * joined: its items are not read.
   */
  chain: `
    WITH RECURSIVE last AS MATERIALIZED (
      SELECT r.key, r.id, r.session_id, r.parent_key, open_calls, system, messages
      FROM responses AS r JOIN resources ON response_key = r.key
      WHERE r.tenant = $1 AND r.id = $2 AND r.used IS NOT NULL
        AND chain_items <= $5::bigint AND chain_bytes <= $3::bigint
    ), ${chainOf('$4::bigint', 'AND NOT EXISTS (SELECT FROM last)')}, size AS MATERIALIZED (
      SELECT count(*) <= $4::bigint AND coalesce(sum(bytes), 0) <= $3::bigint
             AND (SELECT count(*) FROM chain) <= $4::bigint AS fits
      FROM (
        SELECT octet_length(turn_items.body) AS bytes FROM chain CROSS JOIN LATERAL (
          SELECT body FROM items WHERE response_key = chain.key LIMIT $4::bigint + 1
        ) AS turn_items
        LIMIT $4::bigint + 1
      ) AS measured
    )
    SELECT id, session_id AS "sessionId", inputs, fits,
           CASE WHEN fits THEN ${itemsOf('chain.key')} END AS items,
           CASE WHEN depth = 1 THEN (SELECT body FROM resources WHERE response_key = chain.key) END AS resource,
           NULL AS "parentId", NULL AS "openCalls", NULL AS system, NULL AS messages, key
    FROM chain CROSS JOIN size WHERE fits OR depth = 1
    UNION ALL
    SELECT id, session_id, 0, true, NULL, (SELECT body FROM resources WHERE response_key = last.key),
           (SELECT parent.id FROM responses AS parent WHERE parent.key = last.parent_key),
           open_calls, system, messages, key
    FROM last
    ORDER BY key`,

  /** Returns no row if a response has been replaced by one without a fragment. */
  joined: `
    WITH RECURSIVE ${chainOf('$3::bigint')}
    SELECT string_agg(nullif(messages, ''), ',' ORDER BY key) AS messages,
           string_agg(nullif(system, ''), ',' ORDER BY key) AS system
    FROM chain CROSS JOIN LATERAL (
      SELECT messages, system FROM resources WHERE response_key = chain.key LIMIT 1
    ) AS fragments
    HAVING count(*) = count(messages) AND count(*) > 0`,

  /** Newest first: at most $4 items of at most $3 turns. */
  heads: `
    WITH RECURSIVE ${chainOf('$3::bigint')}
    SELECT turn_items.* FROM chain CROSS JOIN LATERAL (
      SELECT response_key AS "responseKey", position, id AS key, octet_length(body) AS bytes FROM items
      WHERE response_key = chain.key ORDER BY position DESC LIMIT $4::bigint
    ) AS turn_items
    ORDER BY "responseKey" DESC, position DESC LIMIT $4::bigint`,

  /** Starts at item $5 of the response with key $4. */
  chainFrom: `
    WITH RECURSIVE ${chainOf('$3::bigint')}
    SELECT chain.id, position > inputs AS "isOutput", body
    FROM chain JOIN items ON items.response_key = chain.key
    WHERE chain.key >= $4::bigint AND (items.response_key, items.position) >= ($4::bigint, $5::integer)
    ORDER BY items.response_key, items.position`,

  /** $1, $2: response keys and positions, each separated by commas. */
  chainItems: `
    SELECT r.id, items.position > r.inputs AS "isOutput", items.body
    FROM unnest(string_to_array($1, ',')::bigint[], string_to_array($2, ',')::integer[]) AS wanted (response_key, position)
    JOIN items ON items.response_key = wanted.response_key AND items.position = wanted.position
    JOIN responses AS r ON r.key = wanted.response_key
    ORDER BY items.response_key, items.position`,

  findItems: `
    SELECT wanted.key, ${newestItem((body) => body)} AS body FROM unnest(${textsOf('$2')}) AS wanted (key)`,
  measureItems: `
    SELECT wanted.key, ${newestItem((body) => `octet_length(${body})`)} AS bytes
    FROM unnest(${textsOf('$2')}) AS wanted (key)`,

  /** Counts visible responses. */
  count: "SELECT total('responses') AS count",
  put: `SELECT ${putResponse(1)}`,
  hide: 'SELECT delete_response($1, $2) AS hidden',
  evict: 'SELECT evict_responses($1, $2, $3)',
  reap: 'SELECT reap_responses($1, $2) AS count',

  /** Skips the write when the response is already the most recently used. */
  use: `
    UPDATE responses SET used = nextval('uses')
    WHERE tenant = $1 AND id = $2 AND used < (SELECT max(used) FROM responses WHERE used IS NOT NULL)`,
});
