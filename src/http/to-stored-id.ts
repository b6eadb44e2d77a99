import { chatCompletionNotFound, conversationNotFound } from '../errors/not-found.ts';
import { type ChatCompletionId, type ConversationId, isChatCompletionId, isConversationId } from '../ids.ts';

/** Throws `conversation_not_found` for an id of another form, which the store cannot hold. */
export function toConversationId(id: string): ConversationId {
  if (!isConversationId(id)) throw conversationNotFound(id);
  return id;
}

/** Throws `chat_completion_not_found` for an id of another form, which the store cannot hold. */
export function toChatCompletionId(id: string): ChatCompletionId {
  if (!isChatCompletionId(id)) throw chatCompletionNotFound(id);
  return id;
}
