import { readChatCompletion } from '../../chat/read-chat-completion.ts';
import type { Handler } from '../../contract/operations.ts';
import type { HandlerDeps } from '../handler-deps.ts';

export function getChatCompletion({ store }: Pick<HandlerDeps, 'store'>): Handler<'getChatCompletion'> {
  return async ({ path, tenant }) => ({
    kind: 'json',
    status: 200,
    body: await readChatCompletion(path.completion_id, { store, tenant }),
  });
}
