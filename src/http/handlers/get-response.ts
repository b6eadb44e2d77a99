import type { Handler } from '../../contract/operations.ts';
import { readResponse } from '../../responses/read-response.ts';
import { streamResponse } from '../../responses/stream-response.ts';
import type { HandlerDeps } from '../handler-deps.ts';

export function getResponse(deps: HandlerDeps): Handler<'getResponse'> {
  return async ({ path: { response_id: id }, query, tenant, signal }) => {
    if (!query.stream) return { kind: 'json', status: 200, body: await readResponse(id, deps, tenant) };
    // No event comes before the first.
    const place = { id, after: Math.max(-1, Number(query.starting_after ?? -1)) };
    return { kind: 'stream', events: await streamResponse(place, deps, { tenant, signal }) };
  };
}
