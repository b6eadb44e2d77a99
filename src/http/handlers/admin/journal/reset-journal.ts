import type { Handler } from '../../../../contract/operations.ts';
import type { HandlerDeps } from '../../../handler-deps.ts';
import { ok } from '../../../ok.ts';
import { requireJournal } from './require-journal.ts';

export function resetJournal(deps: Pick<HandlerDeps, 'journal'>): Handler<'resetJournal'> {
  return async () => ok({ object: 'journal.reset', removed: requireJournal(deps).reset() });
}
