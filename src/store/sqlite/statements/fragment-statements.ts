import type { Database, Statement } from 'better-sqlite3';
import type { JoinedTexts } from '../../shared/joined-histories.ts';

interface Keyed {
  key: number;
}

/** The items of a chain. */
export interface ChainSize {
  items: number;
  /** Of their JSON. */
  bytes: number;
}

/** A fragment to put. */
export interface FragmentColumns extends JoinedTexts, ChainSize {
  /** JSON. */
  openCalls: string;
}

/** The fragment of a response, if its joined history is within the bounds. */
export interface FragmentRow extends JoinedTexts {
  /** JSON. */
  openCalls: string;
}

interface JoinedRow {
  messages: string | null;
  system: string | null;
}

export interface FragmentStatements {
  find: Statement<Keyed & ChainSize, FragmentRow>;
  joined: Statement<Keyed, JoinedRow>;
  parentSize: Statement<Keyed, ChainSize>;
  putResource: Statement<Keyed & FragmentColumns & { body: string }>;
}

/** Prepares the statements of the fragments of responses. */
export const prepareFragments = (database: Database): FragmentStatements => ({
  find: database.prepare(`
    SELECT open_calls AS openCalls, system, messages FROM resources
    WHERE response_key = @key AND chain_items <= @items AND chain_bytes <= @bytes`),

  /** Returns no row if a response has been replaced by one without a fragment. */
  joined: database.prepare(`
    WITH RECURSIVE chain (key) AS (
      SELECT @key
      UNION ALL
      SELECT parent_key FROM chain JOIN responses USING (key) WHERE parent_key IS NOT NULL
    )
    SELECT group_concat(nullif(messages, ''), ',' ORDER BY key) AS messages,
           group_concat(nullif(system, ''), ',' ORDER BY key) AS system
    FROM chain JOIN resources ON response_key = key
    HAVING count(*) = count(messages)`),

  parentSize: database.prepare(`
    SELECT chain_items AS items, chain_bytes AS bytes
    FROM responses AS r JOIN resources AS parent ON parent.response_key = r.parent_key
    WHERE r.key = @key AND chain_items IS NOT NULL`),

  putResource: database.prepare(`
    REPLACE INTO resources (response_key, body, chain_items, chain_bytes, open_calls, system, messages)
    VALUES (@key, @body, @items, @bytes, @openCalls, @system, @messages)`),
});
