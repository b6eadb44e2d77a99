import type { Handler } from '../../contract/operations.ts';
import { compactResponse as compact } from '../../responses/compact-response.ts';
import type { HandlerDeps } from '../handler-deps.ts';
import { ok } from '../ok.ts';
import { usageHeaders } from '../usage-headers.ts';

export function compactResponse(deps: HandlerDeps): Handler<'compactResponse'> {
  return async ({ body, tenant, signal, requestId }) => {
    const { compacted, usageIsEstimate } = await compact(
      body,
      { ...deps, agent: deps.agentOf(tenant) },
      { tenant, signal, requestId },
    );
    return ok(compacted, usageHeaders({ usageIsEstimate }));
  };
}
