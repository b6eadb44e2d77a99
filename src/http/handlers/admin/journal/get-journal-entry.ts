import type { Handler } from '../../../../contract/operations.ts';
import { findEntry } from '../../../../request-journal/list-entries.ts';
import type { HandlerDeps } from '../../../handler-deps.ts';
import { ok } from '../../../ok.ts';
import { requireJournal } from './require-journal.ts';

export function getJournalEntry(deps: Pick<HandlerDeps, 'journal'>): Handler<'getJournalEntry'> {
  return async ({ path }) => ok(findEntry(requireJournal(deps), path.entry_id));
}
