import { describeApprovals, findApproval } from '../../../admin/approvals/read-approvals.ts';
import type { Handler } from '../../../contract/operations.ts';
import type { HandlerDeps } from '../../handler-deps.ts';
import { ok } from '../../ok.ts';
import { toUnixSeconds } from '../../to-cursor-request.ts';

export function getApproval(deps: Pick<HandlerDeps, 'store' | 'sealer'>): Handler<'getApproval'> {
  return async ({ path }) => {
    const approval = await findApproval(path.approval_id, deps);
    const [described] = await describeApprovals([approval], deps, toUnixSeconds(Date.now()));
    if (!described) throw new TypeError('An approval has one description.');
    return ok(described);
  };
}
