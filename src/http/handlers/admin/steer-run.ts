import { steerRun as steer } from '../../../admin/runs/steer-run.ts';
import type { Handler } from '../../../contract/operations.ts';
import type { HandlerDeps } from '../../handler-deps.ts';
import { ok } from '../../ok.ts';
import { startForTenant } from './start-for-tenant.ts';

export function steerRun(deps: HandlerDeps): Handler<'steerRun'> {
  return async ({ path, body: { input }, ...caller }) => {
    const { signal } = caller;
    const start = (request: Parameters<typeof startForTenant>[0]['request'], tenant: string) =>
      startForTenant({ request, tenant }, deps, caller);
    return ok(await steer(path.run_id, deps, { input, signal, start }));
  };
}
