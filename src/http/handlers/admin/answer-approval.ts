import { answerApproval as answer } from '../../../admin/approvals/answer-approval.ts';
import type { Handler } from '../../../contract/operations.ts';
import type { HandlerDeps } from '../../handler-deps.ts';
import { ok } from '../../ok.ts';
import { startForTenant } from './start-for-tenant.ts';

export function answerApproval(deps: HandlerDeps): Handler<'answerApproval'> {
  return async ({ path, body, ...caller }) =>
    ok(await answer(path.approval_id, body, deps, (followUp) => startForTenant(followUp, deps, caller)));
}
