import type { Handler } from '../../contract/operations.ts';
import { chatCompletionNotFound } from '../../errors/not-found.ts';
import { fromStoredCompletion } from '../from-stored-completion.ts';
import type { HandlerDeps } from '../handler-deps.ts';
import { ok } from '../ok.ts';
import { toChatCompletionId } from '../to-stored-id.ts';

export function getChatCompletion({ store }: Pick<HandlerDeps, 'store'>): Handler<'getChatCompletion'> {
  return async ({ path, tenant }) => {
    const id = toChatCompletionId(path.completion_id);
    const stored = await store.chatCompletions.get(tenant, id);
    if (!stored) throw chatCompletionNotFound(id);
    return ok(fromStoredCompletion(stored));
  };
}
