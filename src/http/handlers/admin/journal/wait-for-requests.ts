import type { Handler } from '../../../../contract/operations.ts';
import { waitForRequests as wait } from '../../../../request-journal/wait-for-requests.ts';
import type { HandlerDeps } from '../../../handler-deps.ts';
import { ok } from '../../../ok.ts';
import { requireJournal } from './require-journal.ts';

export function waitForRequests(deps: Pick<HandlerDeps, 'journal'>): Handler<'waitForRequests'> {
  return async ({ body, signal }) => ok(await wait(requireJournal(deps), body, signal));
}
