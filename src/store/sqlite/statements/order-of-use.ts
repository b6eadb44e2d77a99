type BoundedTable = 'conversations' | 'chat_completions';

/** Newest first in `used`: a counter, so the order is exact within a millisecond and across handles. */
export const newestUse = (table: BoundedTable | 'responses'): string =>
  `(SELECT max(used) FROM ${table} WHERE used IS NOT NULL)`;

export const nextUse = (table: BoundedTable | 'responses'): string => `coalesce(${newestUse(table)}, 0) + 1`;

/** `SET used = …` for a row that may be the most recently used already: then it is not written. */
export const setUsed = (table: BoundedTable): string =>
  `used = CASE used WHEN ${newestUse(table)} THEN used ELSE ${nextUse(table)} END`;

/** Deletes the least recently used over `@maximum`. */
export const deleteOverMaximum = (table: BoundedTable): string => `
  DELETE FROM ${table} WHERE key IN (
    SELECT key FROM ${table} ORDER BY used LIMIT max(0, (SELECT ${table} FROM totals) - @maximum)
  )`;

/** Deletes what has expired by `@now`, at most `@limit`, oldest first. */
export const deleteExpired = (table: BoundedTable): string => `
  DELETE FROM ${table} WHERE key IN (
    SELECT key FROM ${table} WHERE expires_at <= @now ORDER BY expires_at LIMIT @limit
  )`;
