import type { Handler } from '../../contract/operations.ts';
import { ApiError } from '../../errors/api-error.ts';
import { readResponse } from '../../responses/read-response.ts';
import type { HandlerDeps } from '../handler-deps.ts';

export function getResponse(deps: HandlerDeps): Handler<'getResponse'> {
  return async ({ path, query, tenant }) => {
    if (query.stream) {
      const message = 'A stored response is not streamed yet: ask for it without stream.';
      throw new ApiError('unsupported_value', message, { param: 'stream' });
    }
    return { kind: 'json', status: 200, body: await readResponse(path.response_id, deps, tenant) };
  };
}
