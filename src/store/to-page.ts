import type { PageRequest, PageResult } from './page.ts';

/**
 * The part of a list that is asked for, of the entries that match; `after` may name one that doesn't. Ids that clients made
 * may repeat: then the last one in the order asked for counts, so that a reader who goes from page to page comes to the end.
 */
export function toPage<Entry extends { readonly id: string }>(
  oldestFirst: readonly Entry[],
  { after, limit, order }: PageRequest,
  matches: (entry: Entry) => boolean = () => true,
): PageResult<Entry> {
  const ordered = order === 'asc' ? oldestFirst : oldestFirst.toReversed();
  const before = after === undefined ? 0 : ordered.findLastIndex((entry) => entry.id === after) + 1;
  if (after !== undefined && before === 0) return 'unknown-after';
  const rest = ordered.slice(before).filter(matches);
  return { data: rest.slice(0, limit), hasMore: rest.length > limit };
}
