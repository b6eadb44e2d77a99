export interface PageSource {
  /** SQL: the columns `key` and `bytes` of one more row than the page holds, in the order of the page. */
  sized: string;
  /** SQL: the order of these rows. */
  order: string;
  /** SQL: the longest page, and one more. */
  limit: string;
  /** SQL: the largest page. */
  bytes: string;
}

/** Of each row of a page: how many rows there were to choose from. */
export interface FoundRow {
  found: number;
}

/**
 * SQL: the common table `page`, with the `key` and the place (`number`) of the rows that one page holds. They are chosen by
 * their sizes, before any of them is read.
 */
export const pageRows = ({ sized, order, limit, bytes }: PageSource): string => `
  WITH sized AS MATERIALIZED (${sized}), placed AS (
    SELECT key, row_number() OVER walk AS number, sum(bytes) OVER walk AS total, count(*) OVER ()::integer AS found
    FROM sized WINDOW walk AS (ORDER BY ${order} ROWS UNBOUNDED PRECEDING)
  ), page AS (
    SELECT key, number, found FROM placed WHERE number < ${limit} AND (number = 1 OR total <= ${bytes}::bigint)
  )`;

/** Whether there were more rows to choose from than a page holds. */
export const hasMore = (rows: readonly FoundRow[]): boolean => (rows[0]?.found ?? 0) > rows.length;
