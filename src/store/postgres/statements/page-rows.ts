export interface PageSource {
  /** SQL: a query of `key` and `bytes` for one row more than the page, in the order of the page. */
  sized: string;
  /** SQL: the order of these rows. */
  order: string;
  /** SQL: the most rows of the page, plus one. */
  limit: string;
  /** SQL: the most bytes of the page. */
  bytes: string;
}

/** A row of a page. */
export interface FoundRow {
  /** The number of rows in `sized`. */
  found: number;
}

/**
 * SQL: the common table `page` with the `key` and the `number` of each row of a page. Rows are selected by their sizes,
 * before their bodies are read.
 */
export const pageRows = ({ sized, order, limit, bytes }: PageSource): string => `
  WITH sized AS MATERIALIZED (${sized}), numbered AS (
    SELECT key, row_number() OVER walk AS number, sum(bytes) OVER walk AS total, count(*) OVER ()::integer AS found
    FROM sized WINDOW walk AS (ORDER BY ${order} ROWS UNBOUNDED PRECEDING)
  ), page AS (
    SELECT key, number, found FROM numbered WHERE number < ${limit} AND (number = 1 OR total <= ${bytes}::bigint)
  )`;

/** Whether more rows follow a page. */
export const hasMore = (rows: readonly FoundRow[]): boolean => (rows[0]?.found ?? 0) > rows.length;
