import { ApiError } from '../errors/api-error.ts';

/** A list for operators that has cursors. */
export type ListName = 'runs' | 'approvals' | 'responses' | 'conversations' | 'journal';

/** Returns the cursor that clients get for a position of the store. It names its list. */
export const toListCursor = (list: ListName, position: string): string =>
  Buffer.from(`${list}:${position}`).toString('base64url');

/** Returns the position of a cursor. Throws `invalid_value` for one that is malformed or of another list. */
export function fromListCursor(list: ListName, cursor: string): string {
  const position = Buffer.from(cursor, 'base64url')
    .toString()
    .slice(list.length + 1);
  // Decoding ignores what follows or doesn't belong: only the cursor that was sent is accepted.
  if (toListCursor(list, position) === cursor) return position;
  throw invalidCursor();
}

export const invalidCursor = (): ApiError =>
  new ApiError('invalid_value', "Invalid cursor. Expected the 'next' of a page of this list.", { param: 'after' });
