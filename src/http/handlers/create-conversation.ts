import type { Handler } from '../../contract/operations.ts';
import { createConversation as create } from '../../conversations/create-conversation.ts';
import { openFor } from '../../items/open-sealed.ts';
import type { HandlerDeps } from '../handler-deps.ts';

export function createConversation({
  store,
  sealer,
  expiresAt,
}: Pick<HandlerDeps, 'store' | 'sealer' | 'expiresAt'>): Handler<'createConversation'> {
  return async ({ body, tenant }) => {
    const deps = { store, tenant, open: openFor(sealer, tenant), expiresAt: expiresAt(tenant) };
    const conversation = await create(body, deps);
    return { kind: 'json', status: 200, body: conversation };
  };
}
