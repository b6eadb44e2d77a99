import type { Handler } from '../../contract/operations.ts';
import { createConversation as create } from '../../conversations/create-conversation.ts';
import type { HandlerDeps } from '../handler-deps.ts';

export function createConversation({ store }: Pick<HandlerDeps, 'store'>): Handler<'createConversation'> {
  return async ({ body, tenant }) => ({ kind: 'json', status: 200, body: await create(body, { store, tenant }) });
}
