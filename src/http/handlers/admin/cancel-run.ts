import { cancelRun as cancel } from '../../../admin/runs/cancel-run.ts';
import type { Handler } from '../../../contract/operations.ts';
import { cancelResponse } from '../../../responses/cancel-response.ts';
import type { HandlerDeps } from '../../handler-deps.ts';
import { ok } from '../../ok.ts';

export function cancelRun(deps: Pick<HandlerDeps, 'store' | 'runs' | 'liveRuns'>): Handler<'cancelRun'> {
  return async ({ path, signal }) =>
    ok(await cancel(path.run_id, deps, (id, tenant) => cancelResponse(id, deps, { tenant, signal })));
}
