import type { Handler } from '../../contract/operations.ts';
import { deleteResponse as remove } from '../../responses/delete-response.ts';
import type { HandlerDeps } from '../handler-deps.ts';

export function deleteResponse(deps: HandlerDeps): Handler<'deleteResponse'> {
  return async ({ path, tenant }) => ({
    kind: 'json',
    status: 200,
    body: await remove(path.response_id, deps, tenant),
  });
}
