import type { Schemas } from '../contract/types.ts';
import { ApiError } from '../errors/api-error.ts';
import type { FoundResult } from '../store/found-page.ts';
import { toEntry } from './entry/to-entry.ts';
import type { JournalRecord } from './journal-record.ts';
import { explainMismatch, type Match } from './match/explain-mismatch.ts';
import type { RequestJournal } from './request-journal.ts';

export interface EntryPage {
  match: Match;
  order: Schemas['SortOrder'];
  /** A position of the journal. The page starts after it. */
  after?: string;
  limit: number;
}

/** Returns a page of the requests that match. Its cursor is valid even after its entry was dropped. */
export function listEntries(
  journal: RequestJournal,
  { match, order, after, limit }: EntryPage,
): FoundResult<JournalRecord> {
  if (after !== undefined && !/^\d+$/.test(after)) return 'unknown-after';
  const isAfter = ({ position }: JournalRecord) =>
    after === undefined || (order === 'asc' ? position > Number(after) : position < Number(after));
  const found = journal.records.filter((record) => isAfter(record) && explainMismatch(record, match).length === 0);
  const ordered = order === 'asc' ? found : found.toReversed();
  const data = ordered.slice(0, limit);
  const last = ordered.length > limit ? data.at(-1) : undefined;
  return { data, next: last === undefined ? undefined : String(last.position) };
}

/** Returns a request by its id. Throws `journal_entry_not_found`. */
export function findEntry(journal: RequestJournal, id: string): Schemas['JournalEntry'] {
  const record = journal.records.findLast((candidate) => candidate.id === id);
  if (!record) throw new ApiError('journal_entry_not_found', `Request not found: ${id}`, { param: 'entry_id' });
  return toEntry(record);
}
