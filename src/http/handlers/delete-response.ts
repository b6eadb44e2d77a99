import type { Handler } from '../../contract/operations.ts';
import { deleteResponse as remove } from '../../responses/delete-response.ts';
import type { HandlerDeps } from '../handler-deps.ts';
import { ok } from '../ok.ts';

export function deleteResponse(deps: HandlerDeps): Handler<'deleteResponse'> {
  return async ({ path, tenant }) => ok(await remove(path.response_id, deps, tenant));
}
