import type { Handler } from '../../contract/operations.ts';
import { countInputTokens as count } from '../../responses/count-input-tokens.ts';
import type { HandlerDeps } from '../handler-deps.ts';
import { ok } from '../ok.ts';
import { usageHeaders } from '../usage-headers.ts';

export function countInputTokens(deps: HandlerDeps): Handler<'countInputTokens'> {
  return async ({ body, tenant, signal }) => {
    const counted = await count(body, { ...deps, agent: deps.agentOf(tenant) }, { tenant, signal });
    return ok(counted, usageHeaders({ usageIsEstimate: true }));
  };
}
