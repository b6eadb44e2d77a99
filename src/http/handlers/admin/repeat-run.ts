import { repeatRun as repeat } from '../../../admin/runs/repeat-run.ts';
import type { Handler } from '../../../contract/operations.ts';
import type { HandlerDeps } from '../../handler-deps.ts';
import { ok } from '../../ok.ts';
import { startForTenant } from './start-for-tenant.ts';

export function repeatRun(deps: HandlerDeps): Handler<'repeatRun'> {
  return async ({ path, ...caller }) =>
    ok(await repeat(path.run_id, deps, (request, tenant) => startForTenant({ request, tenant }, deps, caller)));
}
