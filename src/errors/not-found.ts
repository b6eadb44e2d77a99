import { ApiError } from './api-error.ts';

// Unknown, expired, deleted and another tenant's ids get the same error.

export const responseNotFound = (id: string): ApiError =>
  new ApiError('response_not_found', `Response not found: ${id}`, { param: 'response_id' });

export const conversationNotFound = (id: string, param = 'conversation_id'): ApiError =>
  new ApiError('conversation_not_found', `Conversation not found: ${id}`, { param });

export const itemNotFound = (id: string, param = 'item_id'): ApiError =>
  new ApiError('item_not_found', `Item with id '${id}' not found.`, { param });

export const chatCompletionNotFound = (id: string): ApiError =>
  new ApiError('chat_completion_not_found', `Chat completion not found: ${id}`, { param: 'completion_id' });

/** Refuses a page that starts after an entry the list does not hold. `kind` names the entries: `item`, `message`. */
export const unknownAfter = (kind: string, after: string | undefined): ApiError =>
  new ApiError('invalid_value', `No ${kind} with id '${after}' in this list.`, { param: 'after' });
