import { changeChatCompletion } from '../../chat/change-chat-completion.ts';
import type { Handler } from '../../contract/operations.ts';
import type { HandlerDeps } from '../handler-deps.ts';

export function updateChatCompletion({ store }: Pick<HandlerDeps, 'store'>): Handler<'updateChatCompletion'> {
  return async ({ body, path, tenant }) => ({
    kind: 'json',
    status: 200,
    body: await changeChatCompletion(path.completion_id, body, { store, tenant }),
  });
}
