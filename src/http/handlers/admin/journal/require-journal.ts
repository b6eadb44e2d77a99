import { ApiError } from '../../../../errors/api-error.ts';
import type { RequestJournal } from '../../../../request-journal/request-journal.ts';

/** Returns the journal. Throws `journal_disabled` where there is none. */
export function requireJournal({ journal }: { journal: RequestJournal | undefined }): RequestJournal {
  if (journal) return journal;
  const message = 'This server keeps no journal of requests. Set JOURNAL_ENTRIES to how many it shall keep.';
  throw new ApiError('journal_disabled', message);
}
