import { omitUndefined } from '../json/omit-undefined.ts';
import { defaultLimit } from './to-page-request.ts';

/** Maps the query of a list for operators to a request of a page. `now`: Unix seconds. */
export const toCursorRequest = ({ after, limit = defaultLimit }: { after?: string; limit?: number }) => ({
  ...omitUndefined({ after }),
  limit,
  now: toUnixSeconds(Date.now()),
});

export const toUnixSeconds = (milliseconds: number): number => Math.floor(milliseconds / 1000);
