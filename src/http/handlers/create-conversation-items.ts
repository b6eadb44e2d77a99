import type { Handler } from '../../contract/operations.ts';
import { addItems } from '../../conversations/add-items.ts';
import { fromStoredItem } from '../../items/from-stored-item.ts';
import { openFor } from '../../items/open-sealed.ts';
import type { HandlerDeps } from '../handler-deps.ts';
import { toList } from '../to-list.ts';

export function createConversationItems({
  sealer,
  expiresAt,
  ...rest
}: Pick<
  HandlerDeps,
  'store' | 'sealer' | 'expiresAt' | 'history' | 'admitStorage'
>): Handler<'createConversationItems'> {
  return async ({ body, path, tenant }) => {
    const deps = { ...rest, tenant, open: openFor(sealer, tenant), expiresAt: expiresAt(tenant) };
    const added = await addItems(path.conversation_id, body, deps);
    return { kind: 'json', status: 200, body: toList({ data: added.map(fromStoredItem), hasMore: false }) };
  };
}
