import type { ConversationId, ResponseId } from '../../ids.ts';
import { textsOf } from './sequence.ts';
import { nameStatements } from './statement.ts';

export interface TurnRow {
  /** So many of the items, the first ones, were given by the client. */
  inputs: number;
  /** `{…},{…}`; null: there are none. */
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

/** One response of a chain. */
export interface ChainRow extends TurnRow {
  id: ResponseId;
  sessionId: string;
  /** JSON; of the last one alone. */
  resource: string | null;
}

const itemsOf = (key: string) => `
  (SELECT string_agg(items.body, ',' ORDER BY items.position) FROM items WHERE items.response_key = ${key}) AS items`;

/** The parameters of `put_response`, of which the first is that given. */
export const putResponse = (first: number): string =>
  `put_response(${Array.from({ length: 12 }, (_, index) => `$${first + index}`).join(', ')})`;

export const responseStatements = nameStatements('responses', {
  find: `
    SELECT parent.id AS "parentId", conversations.id AS "conversationId", r.session_id AS "sessionId",
           r.created_at AS "createdAt", r.expires_at AS "expiresAt", r.inputs, resources.body AS resource,
           ${itemsOf('r.key')}
    FROM responses AS r
    JOIN resources ON resources.response_key = r.key
    LEFT JOIN responses AS parent ON parent.key = r.parent_key
    LEFT JOIN conversations ON conversations.key = r.conversation_key
    WHERE r.tenant = $1 AND r.id = $2 AND r.used IS NOT NULL`,

  /**
   * Oldest first: a parent is always there before its child, so keys grow along a chain. The LIMIT keeps the planner from
   * taking the step for a join: it expects many rows of it, and would read a small table wholly for each turn.
   */
  chain: `
    WITH RECURSIVE chain (key, parent_key, id, session_id, inputs, is_last) AS (
      SELECT key, parent_key, id, session_id, inputs, true FROM responses
      WHERE tenant = $1 AND id = $2 AND used IS NOT NULL
      UNION ALL
      SELECT r.*, false FROM chain CROSS JOIN LATERAL (
        SELECT key, parent_key, id, session_id, inputs FROM responses WHERE key = chain.parent_key LIMIT 1
      ) AS r
    )
    SELECT id, session_id AS "sessionId", inputs, ${itemsOf('chain.key')},
           CASE WHEN is_last THEN (SELECT body FROM resources WHERE response_key = chain.key) END AS resource
    FROM chain ORDER BY key`,

  /** The newest of a tenant's visible responses that has the item is the one made last; then the newest conversation. */
  findItems: `
    SELECT wanted.key, coalesce(
      (
        SELECT items.body FROM items JOIN responses AS r ON r.key = items.response_key
        WHERE items.tenant = $1 AND items.id = wanted.key AND r.used IS NOT NULL
        ORDER BY items.response_key DESC, items.position DESC LIMIT 1
      ), (
        SELECT coalesce(own.body, items.body)
        FROM conversation_items AS own
        LEFT JOIN items ON items.response_key = own.response_key AND items.position = own.item_position
        WHERE own.tenant = $1 AND own.id = wanted.key
        ORDER BY own.conversation_key DESC, own.position DESC LIMIT 1
      )) AS body
    FROM unnest(${textsOf('$2')}) AS wanted (key)`,

  /** How many are visible. */
  count: "SELECT total('responses') AS count",
  put: `SELECT ${putResponse(1)}`,
  hide: 'SELECT delete_response($1, $2) AS hidden',
  evict: 'SELECT evict_responses($1, $2, $3)',
  reap: 'SELECT reap_responses($1, $2) AS count',

  /** Writes nothing when it is the most recently used already. */
  use: `
    UPDATE responses SET used = nextval('uses')
    WHERE tenant = $1 AND id = $2 AND used < (SELECT max(used) FROM responses WHERE used IS NOT NULL)`,
});
