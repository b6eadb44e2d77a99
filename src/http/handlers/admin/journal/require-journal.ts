import { ApiError } from '../../../../errors/api-error.ts';
import type { RequestJournal } from '../../../../request-journal/request-journal.ts';
import type { HandlerDeps } from '../../../handler-deps.ts';

/** Returns the journal. Throws `journal_disabled` where there is none. */
export function requireJournal({ journal }: Pick<HandlerDeps, 'journal'>): RequestJournal {
  if (journal) return journal;
  const message = 'This server keeps no journal of requests. It needs JOURNAL_ENTRIES above 0 and WORKERS=1.';
  throw new ApiError('journal_disabled', message);
}
