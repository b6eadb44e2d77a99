import { ApiError } from '../errors/api-error.ts';
import type { ChatCompletionQuery } from '../store/chat-completion-store.ts';
import type { Page } from '../store/page.ts';
import type { ChatCompletion, StoredChatDeps } from './chat-deps.ts';
import { fromStoredCompletion } from './from-stored-completion.ts';

/** A part of the stored completions that fit the query. */
export async function findChatCompletions(
  query: ChatCompletionQuery,
  { store, tenant }: StoredChatDeps,
): Promise<Page<ChatCompletion>> {
  const page = await store.chatCompletions.list(tenant, query);
  if (page === 'unknown-after') {
    const message = `No chat completion with id '${query.after}' in this list.`;
    throw new ApiError('invalid_value', message, { param: 'after' });
  }
  return { data: page.data.map(fromStoredCompletion), hasMore: page.hasMore };
}
