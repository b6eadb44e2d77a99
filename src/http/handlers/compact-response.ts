import type { Handler } from '../../contract/operations.ts';
import { compactResponse as compact } from '../../responses/compact-response.ts';
import { createTenantDeps } from '../create-tenant-deps.ts';
import type { HandlerDeps } from '../handler-deps.ts';
import { ok } from '../ok.ts';
import { usageHeaders } from '../usage-headers.ts';

export function compactResponse(deps: HandlerDeps): Handler<'compactResponse'> {
  const depsOf = createTenantDeps(deps);
  return async ({ body, tenant, signal, requestId }) => {
    const { compacted, usageIsEstimate } = await compact(body, depsOf(tenant), { tenant, signal, requestId });
    return ok(compacted, usageHeaders({ usageIsEstimate }));
  };
}
