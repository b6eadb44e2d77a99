import type { Handler } from '../../contract/operations.ts';
import { readResponse } from '../../responses/read-response.ts';
import { streamResponse } from '../../responses/stream-response.ts';
import type { HandlerDeps } from '../handler-deps.ts';

export function getResponse(deps: HandlerDeps): Handler<'getResponse'> {
  return async ({ path: { response_id: id }, query, tenant, signal }) => {
    if (!query.stream) return { kind: 'json', status: 200, body: await readResponse(id, deps, tenant) };
    // No event comes before the first, and none has a number that is not exact.
    const after = Math.min(Math.max(-1, Number(query.starting_after ?? -1)), Number.MAX_SAFE_INTEGER);
    const place = { id, after };
    return { kind: 'stream', events: await streamResponse(place, deps, { tenant, signal }) };
  };
}
