import type { Handler } from '../../contract/operations.ts';
import { fromStoredItem } from '../../items/from-stored-item.ts';
import { listInputItems as list } from '../../responses/list-input-items.ts';
import type { HandlerDeps } from '../handler-deps.ts';
import { ok } from '../ok.ts';
import { toList } from '../to-list.ts';
import { toPageRequest } from '../to-page-request.ts';

export function listInputItems({ store }: Pick<HandlerDeps, 'store'>): Handler<'listInputItems'> {
  return async ({ path, query, tenant }) => {
    const page = await list(path.response_id, { store, tenant }, toPageRequest(query, 'desc'));
    return ok(toList({ ...page, data: page.data.map(fromStoredItem) }));
  };
}
