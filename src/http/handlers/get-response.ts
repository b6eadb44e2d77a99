import type { Handler } from '../../contract/operations.ts';
import { readResponse } from '../../responses/read-response.ts';
import { streamResponse } from '../../responses/stream-response.ts';
import type { HandlerDeps } from '../handler-deps.ts';
import { ok } from '../ok.ts';

export function getResponse(deps: HandlerDeps): Handler<'getResponse'> {
  return async ({ path: { response_id: id }, query, tenant, signal }) => {
    if (!query.stream) return ok(await readResponse(id, deps, tenant));
    // The validator leaves this integer unbounded.
    const after = Math.min(Math.max(-1, Number(query.starting_after ?? -1)), Number.MAX_SAFE_INTEGER);
    return { kind: 'stream', events: await streamResponse({ id, after }, deps, { tenant, signal }) };
  };
}
