import type { Handler } from '../../contract/operations.ts';
import { countInputTokens as count } from '../../responses/count-input-tokens.ts';
import { createTenantDeps } from '../create-tenant-deps.ts';
import type { HandlerDeps } from '../handler-deps.ts';
import { ok } from '../ok.ts';
import { usageHeaders } from '../usage-headers.ts';

export function countInputTokens(deps: HandlerDeps): Handler<'countInputTokens'> {
  const depsOf = createTenantDeps(deps);
  return async ({ body, tenant, signal }) => {
    const counted = await count(body, depsOf(tenant), { tenant, signal });
    return ok(counted, usageHeaders({ usageIsEstimate: true }));
  };
}
