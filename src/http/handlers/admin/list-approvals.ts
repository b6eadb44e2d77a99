import { describeApprovals } from '../../../admin/approvals/read-approvals.ts';
import { toCursorList } from '../../../admin/to-cursor-list.ts';
import type { Handler } from '../../../contract/operations.ts';
import { omitUndefined } from '../../../json/omit-undefined.ts';
import type { RunId } from '../../../store/run-store.ts';
import type { HandlerDeps } from '../../handler-deps.ts';
import { ok } from '../../ok.ts';
import { toCursorRequest } from '../../to-cursor-request.ts';

export function listApprovals(deps: Pick<HandlerDeps, 'store' | 'sealer'>): Handler<'listApprovals'> {
  return async ({ query }) => {
    const { status = 'pending', tenant, run } = query;
    const request = toCursorRequest('approvals', query);
    // An id of another form matches no approval.
    const filters = omitUndefined({ tenant, runId: run as RunId | undefined });
    const page = await deps.store.approvals.listAll({ ...request, status, ...filters });
    const list = toCursorList('approvals', page, (approval) => approval);
    return ok({ ...list, data: await describeApprovals(list.data, deps, request.now) });
  };
}
