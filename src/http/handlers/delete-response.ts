import type { Handler } from '../../contract/operations.ts';
import { removeResponse } from '../../responses/remove-response.ts';
import type { HandlerDeps } from '../handler-deps.ts';
import { ok } from '../ok.ts';

export function deleteResponse(deps: HandlerDeps): Handler<'deleteResponse'> {
  return async ({ path, tenant }) => ok(await removeResponse(path.response_id, deps, tenant));
}
