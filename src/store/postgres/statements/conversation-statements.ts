import { nameStatements } from './name-statements.ts';
import { pageRows } from './page-rows.ts';
import { textsOf } from './sequence.ts';

export interface ConversationRow {
  createdAt: number;
  /** JSON. */
  metadata: string;
}

/** A conversation, and the positions of the items with an id. */
export interface PositionRow {
  key: number;
  /** Positions of the first and the last item with the id; null: there is none. */
  first: number | null;
  last: number | null;
}

/** A conversation, with its items when they are within the bounds. */
export interface HistoryRow {
  key: number;
  sessionId: string;
  fits: boolean;
  /** `{…},{…}`; null: no items. */
  items: string | null;
}

/** Metadata of an item whose body was not read. */
export interface HeadRow {
  position: number;
  /** Result of `toItemKey`. */
  key: string;
  bytes: number;
}

const columns = 'created_at AS "createdAt", metadata';
const body = 'coalesce(own.body, items.body)';
const bytes = 'coalesce(octet_length(own.body), octet_length(items.body)) AS bytes';
/** Rows of conversations, joined with the items that hold their bodies. */
const ownItems = `conversation_items AS own
    LEFT JOIN items ON items.response_key = own.response_key AND items.position = own.item_position`;

const page = (comparison: '<' | '>', order: 'ASC' | 'DESC') => {
  const sized = `
    SELECT own.position AS key, ${bytes} FROM ${ownItems}
    WHERE own.conversation_key = $1 AND own.position ${comparison} $2
    ORDER BY own.position ${order} LIMIT $3::bigint`;
  return `
  ${pageRows({ sized, order: `key ${order}`, limit: '$3', bytes: '$4' })}
  SELECT ${body} AS body, page.found
  FROM page JOIN (${ownItems}) ON own.conversation_key = $1 AND own.position = page.key
  ORDER BY page.number`;
};

export const conversationStatements = nameStatements('conversations', {
  create: `
    WITH conversation AS (
      INSERT INTO conversations (tenant, id, session_id, created_at, expires_at, metadata, next_position)
      VALUES ($1, $2, $3, $4, $5, $6, $7::integer + 1)
      RETURNING key
    )
    INSERT INTO conversation_items (conversation_key, position, tenant, id, body)
    SELECT conversation.key, item.position, $1, item.id, item.body
    FROM conversation, unnest(${textsOf('$8')}, ${textsOf('$9')})
      WITH ORDINALITY AS item (id, body, position)`,

  find: `SELECT ${columns} FROM conversations WHERE tenant = $1 AND id = $2`,
  update: `
    UPDATE conversations SET metadata = $3, used = nextval('uses') WHERE tenant = $1 AND id = $2 RETURNING ${columns}`,
  delete: 'DELETE FROM conversations WHERE tenant = $1 AND id = $2 RETURNING true AS deleted',

  positions: `
    SELECT c.key, min(own.position) AS first, max(own.position) AS last
    FROM conversations AS c
    LEFT JOIN conversation_items AS own ON own.tenant = $1 AND own.id = $3 AND own.conversation_key = c.key
    WHERE c.tenant = $1 AND c.id = $2 GROUP BY c.key`,
  ascending: page('>', 'ASC'),
  descending: page('<', 'DESC'),

  /** Reads all items when they are at most $3 bytes and $4 items, otherwise none. */
  history: `
    SELECT c.session_id AS "sessionId", c.key, size.fits,
           CASE WHEN size.fits THEN (
             SELECT string_agg(${body}, ',' ORDER BY own.position) FROM ${ownItems} WHERE own.conversation_key = c.key
           ) END AS items
    FROM conversations AS c CROSS JOIN LATERAL (
      SELECT count(*) <= $4::bigint AND coalesce(sum(bytes), 0) <= $3::bigint AS fits
      FROM (SELECT ${bytes} FROM ${ownItems} WHERE own.conversation_key = c.key LIMIT $4::bigint + 1) AS measured
    ) AS size
    WHERE c.tenant = $1 AND c.id = $2`,

  /** Newest first. */
  heads: `
    SELECT own.position, own.id AS key, ${bytes} FROM ${ownItems}
    WHERE own.conversation_key = $1 ORDER BY own.position DESC LIMIT $2`,
  itemsFrom: `
    SELECT ${body} AS body FROM ${ownItems}
    WHERE own.conversation_key = $1 AND own.position >= $2 ORDER BY own.position`,
  /** $2: positions separated by commas. */
  itemsAt: `
    SELECT ${body} AS body FROM ${ownItems}
    WHERE own.conversation_key = $1 AND own.position = ANY (string_to_array($2, ',')::bigint[]) ORDER BY own.position`,

  /** The newest item with an id. */
  item: `
    SELECT (
      SELECT ${body} FROM ${ownItems}
      WHERE own.tenant = $1 AND own.id = $3 AND own.conversation_key = c.key ORDER BY own.position DESC LIMIT 1
    ) AS body
    FROM conversations AS c WHERE c.tenant = $1 AND c.id = $2`,

  append: `
    WITH conversation AS (
      UPDATE conversations
      SET used = nextval('uses'), next_position = next_position + $3::integer,
          expires_at = CASE WHEN expires_at IS NULL THEN NULL ELSE greatest(expires_at, $4::bigint) END
      WHERE tenant = $1 AND id = $2
      RETURNING key, next_position - $3::integer - 1 AS last_position
    ), appended AS (
      INSERT INTO conversation_items (conversation_key, position, tenant, id, body)
      SELECT conversation.key, last_position + item.position, $1, item.id, item.body
      FROM conversation, unnest(${textsOf('$5')}, ${textsOf('$6')})
        WITH ORDINALITY AS item (id, body, position)
    )
    SELECT true AS appended FROM conversation`,

  deleteItem: `
    WITH conversation AS (
      UPDATE conversations SET used = nextval('uses') WHERE tenant = $1 AND id = $2 RETURNING key
    ), deleted AS (
      DELETE FROM conversation_items AS own USING conversation
      WHERE own.tenant = $1 AND own.id = $3 AND own.conversation_key = conversation.key
      RETURNING 1
    )
    SELECT (SELECT count(*)::integer FROM deleted) AS deleted FROM conversation`,

  evict: 'SELECT evict_conversations($1)',
  reap: `
    WITH due AS MATERIALIZED (
      SELECT key FROM conversations WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2 FOR UPDATE SKIP LOCKED
    ), deleted AS (DELETE FROM conversations AS c USING due WHERE c.key = due.key RETURNING 1)
    SELECT count(*)::integer AS count FROM deleted`,

  /** Skips the write when the conversation is already the most recently used. */
  use: `
    UPDATE conversations SET used = nextval('uses')
    WHERE tenant = $1 AND id = $2 AND used < (SELECT max(used) FROM conversations)`,
});
