import type { Handler } from '../../contract/operations.ts';
import { cancelResponse as cancel } from '../../responses/cancel-response.ts';
import type { HandlerDeps } from '../handler-deps.ts';
import { ok } from '../ok.ts';

export function cancelResponse(deps: Pick<HandlerDeps, 'store' | 'runs'>): Handler<'cancelResponse'> {
  return async ({ path, tenant, signal }) => ok(await cancel(path.response_id, deps, { tenant, signal }));
}
