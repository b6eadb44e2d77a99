import type { Schemas } from '../contract/types.ts';
import { ApiError } from '../errors/api-error.ts';
import type { Page, PageRequest } from '../store/page.ts';
import { toPage } from '../store/to-page.ts';
import { chatCompletionNotFound, toChatCompletionId } from './chat-completion-not-found.ts';
import type { StoredChatDeps } from './chat-deps.ts';

type StoredMessage = Schemas['StoredChatMessage'];

/** A part of the messages that a stored completion was asked with. */
export async function listMessages(
  id: string,
  request: PageRequest,
  { store, tenant }: StoredChatDeps,
): Promise<Page<StoredMessage>> {
  const stored = await store.chatCompletions.get(tenant, toChatCompletionId(id));
  if (!stored) throw chatCompletionNotFound(id);
  // The store returns what was put there: messages in the form that `toStoredMessages` made.
  const oldestFirst = stored.messages as StoredMessage[];
  const page = toPage(oldestFirst, request);
  if (page !== 'unknown-after') return page;
  throw new ApiError('invalid_value', `No message with id '${request.after}' in this list.`, { param: 'after' });
}
