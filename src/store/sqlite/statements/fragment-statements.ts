import type { Database, Statement } from 'better-sqlite3';
import type { JoinedTexts } from '../../shared/joined-histories.ts';

interface Keyed {
  key: number;
}

interface NewFragment extends Keyed {
  /** 1: the response was put without a parent. */
  isRoot: 0 | 1;
  items: number;
  /** Bytes of the items. */
  bytes: number;
  /** JSON. */
  openCalls: string;
  system: string;
  messages: string;
}

/** The fragment of a response, if the joined history is within the bounds. */
export interface FragmentRow extends JoinedTexts {
  /** JSON. */
  openCalls: string;
}

interface JoinedRow {
  messages: string | null;
  system: string | null;
}

export interface FragmentStatements {
  find: Statement<Keyed & { items: number; bytes: number }, FragmentRow>;
  joined: Statement<Keyed, JoinedRow>;
  put: Statement<NewFragment>;
  remove: Statement<Keyed>;
}

/** Prepares the statements of the fragments of responses. */
export const prepareFragments = (database: Database): FragmentStatements => ({
  find: database.prepare(`
    SELECT open_calls AS openCalls, system, messages FROM fragments
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
    FROM chain LEFT JOIN fragments ON response_key = key
    HAVING count(*) = count(response_key)`),

  put: database.prepare(`
    REPLACE INTO fragments
    SELECT r.key, ifnull(parent.chain_items, 0) + @items, ifnull(parent.chain_bytes, 0) + @bytes,
           @openCalls, @system, @messages
    FROM responses AS r LEFT JOIN fragments AS parent ON parent.response_key = r.parent_key
    WHERE r.key = @key AND (parent.response_key IS NOT NULL OR (r.parent_key IS NULL AND @isRoot))`),

  remove: database.prepare('DELETE FROM fragments WHERE response_key = @key'),
});
