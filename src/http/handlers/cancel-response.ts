import type { Handler } from '../../contract/operations.ts';
import { cancelResponse as cancel } from '../../responses/cancel-response.ts';
import type { HandlerDeps } from '../handler-deps.ts';

export function cancelResponse(deps: Pick<HandlerDeps, 'store' | 'runs'>): Handler<'cancelResponse'> {
  return async ({ path, tenant, signal }) => ({
    kind: 'json',
    status: 200,
    body: await cancel(path.response_id, deps, { tenant, signal }),
  });
}
