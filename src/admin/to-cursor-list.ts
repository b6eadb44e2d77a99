import { ApiError } from '../errors/api-error.ts';
import type { FoundResult } from '../store/found-page.ts';

/** Returns a page in the contract's form. Throws `invalid_value` for a malformed cursor. */
export function toCursorList<Stored, Entry>(page: FoundResult<Stored>, toEntry: (stored: Stored) => Entry) {
  if (page === 'unknown-after') {
    throw new ApiError('invalid_value', "Invalid cursor. Expected the 'next' of a page of this list.", {
      param: 'after',
    });
  }
  const next = page.next ?? null;
  return { object: 'list' as const, data: page.data.map(toEntry), has_more: next !== null, next };
}
