import { fromListCursor, type ListName } from '../admin/list-cursor.ts';
import { omitUndefined } from '../json/omit-undefined.ts';
import { defaultLimit } from './to-page-request.ts';

/** Maps the query of a list for operators to a request of a page. `now`: Unix seconds. Throws `invalid_value`. */
export const toCursorRequest = (
  list: ListName,
  { after, limit = defaultLimit }: { after?: string; limit?: number },
) => ({
  ...omitUndefined({ after: after === undefined ? undefined : fromListCursor(list, after) }),
  limit,
  now: toUnixSeconds(Date.now()),
});

export const toUnixSeconds = (milliseconds: number): number => Math.floor(milliseconds / 1000);
