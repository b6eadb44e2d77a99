import { removeChatCompletion } from '../../chat/remove-chat-completion.ts';
import type { Handler } from '../../contract/operations.ts';
import type { HandlerDeps } from '../handler-deps.ts';

export function deleteChatCompletion({ store }: Pick<HandlerDeps, 'store'>): Handler<'deleteChatCompletion'> {
  return async ({ path, tenant }) => ({
    kind: 'json',
    status: 200,
    body: await removeChatCompletion(path.completion_id, { store, tenant }),
  });
}
