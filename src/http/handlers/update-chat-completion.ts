import type { Handler } from '../../contract/operations.ts';
import { chatCompletionNotFound } from '../../errors/not-found.ts';
import { fromStoredCompletion } from '../from-stored-completion.ts';
import type { HandlerDeps } from '../handler-deps.ts';
import { ok } from '../ok.ts';
import { toChatCompletionId } from '../to-stored-id.ts';

/** Replaces the metadata of a stored chat completion. */
export function updateChatCompletion({ store }: Pick<HandlerDeps, 'store'>): Handler<'updateChatCompletion'> {
  return async ({ body, path, tenant }) => {
    const id = toChatCompletionId(path.completion_id);
    const stored = await store.chatCompletions.updateMetadata(tenant, id, body.metadata ?? {});
    if (!stored) throw chatCompletionNotFound(id);
    return ok(fromStoredCompletion(stored));
  };
}
