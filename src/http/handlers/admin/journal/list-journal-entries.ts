import { toCursorList } from '../../../../admin/to-cursor-list.ts';
import type { Handler } from '../../../../contract/operations.ts';
import { omitUndefined } from '../../../../json/omit-undefined.ts';
import { toEntry } from '../../../../request-journal/entry/to-entry.ts';
import { listEntries } from '../../../../request-journal/list-entries.ts';
import type { HandlerDeps } from '../../../handler-deps.ts';
import { ok } from '../../../ok.ts';
import { toCursorRequest } from '../../../to-cursor-request.ts';
import { requireJournal } from './require-journal.ts';

export function listJournalEntries(deps: Pick<HandlerDeps, 'journal'>): Handler<'listJournalEntries'> {
  return async ({ query }) => {
    const { operation, path, model, text, status, outcome, rule, tenant, order = 'desc' } = query;
    const match = omitUndefined({ operation, path, model, text, status, outcome, rule, tenant });
    const page = listEntries(requireJournal(deps), { match, order, ...toCursorRequest('journal', query) });
    return ok(toCursorList('journal', page, toEntry));
  };
}
