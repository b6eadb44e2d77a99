import type { Handler } from '../../../../contract/operations.ts';
import { verifyRequests as verify } from '../../../../request-journal/verify-requests.ts';
import type { HandlerDeps } from '../../../handler-deps.ts';
import { ok } from '../../../ok.ts';
import { requireJournal } from './require-journal.ts';

export function verifyRequests(deps: Pick<HandlerDeps, 'journal'>): Handler<'verifyRequests'> {
  return async ({ body }) => ok(verify(requireJournal(deps), body));
}
