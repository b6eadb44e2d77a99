import { limits } from '../config/limits.ts';
import type { Page, PageRequest, PageResult } from './page.ts';

export interface PageOptions<Entry> {
  matches?(entry: Entry): boolean;
  /** Returns the bytes of an entry. Omitted: pages are not bounded by bytes. */
  toBytes?(entry: Entry): number;
}

/**
 * Returns a page of the entries that match. The entry in `after` need not match. When its id repeats, the page starts
 * after the last entry with the id in the requested order, so walking the pages terminates.
 */
export function toPage<Entry extends { readonly id: string }>(
  oldestFirst: readonly Entry[],
  { after, limit, order }: PageRequest,
  { matches = () => true, toBytes = () => 0 }: PageOptions<Entry> = {},
): PageResult<Entry> {
  const ordered = order === 'asc' ? oldestFirst : oldestFirst.toReversed();
  const before = after === undefined ? 0 : ordered.findLastIndex((entry) => entry.id === after) + 1;
  if (after !== undefined && before === 0) return 'unknown-after';
  return takePage(ordered.slice(before).filter(matches), limit, toBytes);
}

/** Returns the first page of the entries. Reads at most one entry more. */
export function takePage<Entry>(
  entries: Iterable<Entry>,
  limit: number,
  toBytes: (entry: Entry) => number,
): Page<Entry> {
  const data: Entry[] = [];
  let bytes = 0;
  for (const entry of entries) {
    bytes += toBytes(entry);
    if (data.length === limit || (data.length > 0 && bytes > limits.pageBytes)) return { data, hasMore: true };
    data.push(entry);
  }
  return { data, hasMore: false };
}
