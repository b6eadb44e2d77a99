import { limits } from '../config/limits.ts';
import type { Page, PageRequest, PageResult } from './page.ts';

export interface PageOptions<Entry> {
  matches?(entry: Entry): boolean;
  /** Bytes of an entry. Absent: the list is no larger than a request. */
  toBytes?(entry: Entry): number;
}

/**
 * The part of a list that is asked for, of the entries that match; `after` may name one that doesn't. Ids that clients made
 * may repeat: then the last one in the order asked for counts, so that a reader who goes from page to page comes to the end.
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

/** As many entries as one page holds. Reads one more than those, if there are so many. */
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
