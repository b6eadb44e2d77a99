import { readTree } from '../../../admin/read-tree.ts';
import type { Handler } from '../../../contract/operations.ts';
import type { HandlerDeps } from '../../handler-deps.ts';
import { ok } from '../../ok.ts';

export function getResponseTree(deps: Pick<HandlerDeps, 'store'>): Handler<'getResponseTree'> {
  return async ({ path }) => ok(await readTree(path.response_id, deps));
}
