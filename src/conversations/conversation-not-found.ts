import { ApiError } from '../errors/api-error.ts';
import { type ConversationId, isConversationId } from '../ids.ts';

export function conversationNotFound(id: string): ApiError {
  return new ApiError('conversation_not_found', `Conversation not found: ${id}`, { param: 'conversation_id' });
}

export function itemNotFound(id: string): ApiError {
  return new ApiError('item_not_found', `Item with id '${id}' not found.`, { param: 'item_id' });
}

/** An id of another shape names nothing. */
export function toConversationId(id: string): ConversationId {
  if (!isConversationId(id)) throw conversationNotFound(id);
  return id;
}
