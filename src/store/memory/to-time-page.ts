import type { FoundResult } from '../found-page.ts';
import { fromTimeCursor, isBefore, type TimePosition, toTimeCursor } from '../shared/cursors.ts';
import { toFoundPage } from '../shared/to-found-page.ts';

/** Returns a page of entries in any order, newest first. */
export function toTimePage<Entry extends TimePosition>(
  entries: Iterable<Entry>,
  { after, limit }: { after?: string | undefined; limit: number },
): FoundResult<Entry> {
  const before = fromTimeCursor(after);
  if (before === undefined) return 'unknown-after';
  const rows = Iterator.from(entries)
    .filter((entry) => isBefore(entry, before))
    .toArray()
    .sort((one, other) => (isBefore(one, other) ? 1 : -1));
  return toFoundPage<Entry, Entry>(rows, {
    limit,
    boundary: undefined,
    toCursor: toTimeCursor,
    toEntry: (entry) => entry,
  });
}
