import type { Schemas } from '../contract/types.ts';
import { ApiError } from '../errors/api-error.ts';
import type { RequestJournal } from './request-journal.ts';
import { type Amount, toVerdict } from './to-verdict.ts';

/** Judges the requests of the journal as they are now. Throws `invalid_value` for amounts that contradict. */
export const verifyRequests = (
  journal: RequestJournal,
  { match = {}, ...amount }: Schemas['VerifyRequestsRequest'],
): Schemas['JournalVerdict'] => toVerdict(journal.records, match, toAmount(amount));

function toAmount({ count, at_least: least, at_most: most }: Omit<Schemas['VerifyRequestsRequest'], 'match'>): Amount {
  if (count !== undefined) {
    if (least === undefined && most === undefined) return { least: count, most: count };
    throw new ApiError('invalid_value', "'count' excludes 'at_least' and 'at_most': send one or the other.", {
      param: 'count',
    });
  }
  if (least !== undefined && most !== undefined && least > most) {
    throw new ApiError('invalid_value', `'at_least' (${least}) is above 'at_most' (${most}).`, { param: 'at_least' });
  }
  return { least: least ?? (most === undefined ? 1 : 0), most: most ?? Number.POSITIVE_INFINITY };
}
