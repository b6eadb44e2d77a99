import type { FoundResult } from '../store/found-page.ts';
import { invalidCursor, type ListName, toListCursor } from './list-cursor.ts';

/** Returns a page of a list in the contract's form. Throws `invalid_value` for a malformed cursor. */
export function toCursorList<Stored, Entry>(
  list: ListName,
  page: FoundResult<Stored>,
  toEntry: (stored: Stored) => Entry,
) {
  if (page === 'unknown-after') throw invalidCursor();
  const next = page.next === undefined ? null : toListCursor(list, page.next);
  return { object: 'list' as const, data: page.data.map(toEntry), has_more: next !== null, next };
}
