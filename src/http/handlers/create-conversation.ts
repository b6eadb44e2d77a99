import type { Handler } from '../../contract/operations.ts';
import { createConversation as create } from '../../conversations/create-conversation.ts';
import { openFor } from '../../items/open-sealed.ts';
import type { HandlerDeps } from '../handler-deps.ts';

export function createConversation({
  sealer,
  expiresAt,
  ...rest
}: Pick<HandlerDeps, 'store' | 'sealer' | 'expiresAt' | 'history' | 'admitStorage'>): Handler<'createConversation'> {
  return async ({ body, tenant }) => {
    const deps = { ...rest, tenant, open: openFor(sealer, tenant), expiresAt: expiresAt(tenant) };
    const conversation = await create(body, deps);
    return { kind: 'json', status: 200, body: conversation };
  };
}
