import type { Handler } from '../../contract/operations.ts';
import { createConversation as create } from '../../conversations/create-conversation.ts';
import type { HandlerDeps } from '../handler-deps.ts';

export function createConversation({
  store,
  expiresAt,
}: Pick<HandlerDeps, 'store' | 'expiresAt'>): Handler<'createConversation'> {
  return async ({ body, tenant }) => {
    const conversation = await create(body, { store, tenant, expiresAt: expiresAt(tenant) });
    return { kind: 'json', status: 200, body: conversation };
  };
}
