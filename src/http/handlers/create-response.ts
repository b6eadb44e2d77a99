import type { Handler } from '../../contract/operations.ts';
import { foldResponse } from '../../responses/fold-response.ts';
import { runResponse } from '../../responses/run-response.ts';
import type { HandlerDeps } from '../handler-deps.ts';
import { usageHeaders } from '../usage-headers.ts';

export function createResponse(deps: HandlerDeps): Handler<'createResponse'> {
  return async ({ body, tenant, signal }) => {
    const run = await runResponse(body, { ...deps, agent: deps.agentOf(tenant) }, { tenant, signal });
    if (body.stream) return { kind: 'stream', events: run.events };
    const response = await foldResponse(run);
    return { kind: 'json', status: 200, body: response, headers: usageHeaders(run) };
  };
}
