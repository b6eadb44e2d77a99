type BoundedTable = 'conversations' | 'chat_completions';

/** SQL: the highest value of `used`. A counter keeps the order exact within a millisecond and across handles. */
export const newestUse = (table: BoundedTable | 'responses'): string =>
  `(SELECT max(used) FROM ${table} WHERE used IS NOT NULL)`;

export const nextUse = (table: BoundedTable | 'responses'): string => `coalesce(${newestUse(table)}, 0) + 1`;

/** SQL: an assignment to `used` that changes nothing when the row is already the most recently used. */
export const setUsed = (table: BoundedTable): string =>
  `used = CASE used WHEN ${newestUse(table)} THEN used ELSE ${nextUse(table)} END`;

/** SQL: deletes the least recently used rows over `@maximum`. */
export const deleteOverMaximum = (table: BoundedTable): string => `
  DELETE FROM ${table} WHERE key IN (
    SELECT key FROM ${table} ORDER BY used LIMIT max(0, (SELECT ${table} FROM totals) - @maximum)
  )`;

/** SQL: deletes at most `@limit` rows that have expired at `@now`, oldest first. */
export const deleteExpired = (table: BoundedTable): string => `
  DELETE FROM ${table} WHERE key IN (
    SELECT key FROM ${table} WHERE expires_at <= @now ORDER BY expires_at LIMIT @limit
  )`;
