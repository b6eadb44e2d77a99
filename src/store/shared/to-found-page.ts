import type { FoundPage } from '../found-page.ts';

interface Examined<Row, Entry> {
  /** The most entries of the page. */
  limit: number;
  /** The cursor of the last entry that was examined. `undefined`: all were. */
  boundary: string | undefined;
  toCursor(row: Row): string;
  toEntry(row: Row): Entry;
}

/** Returns a page of the rows that match, of which at most one more than the limit was read. */
export function toFoundPage<Row, Entry>(
  rows: readonly Row[],
  { limit, boundary, toCursor, toEntry }: Examined<Row, Entry>,
): FoundPage<Entry> {
  const data = rows.slice(0, limit);
  const last = data.at(-1);
  const next = rows.length > limit && last !== undefined ? toCursor(last) : boundary;
  return { data: data.map(toEntry), ...(next === undefined ? {} : { next }) };
}
