import { ApiError } from '../errors/api-error.ts';
import { type ChatCompletionId, isChatCompletionId } from '../ids.ts';

export function chatCompletionNotFound(id: string): ApiError {
  return new ApiError('chat_completion_not_found', `Chat completion not found: ${id}`, { param: 'completion_id' });
}

/** An id of another shape names nothing. */
export function toChatCompletionId(id: string): ChatCompletionId {
  if (!isChatCompletionId(id)) throw chatCompletionNotFound(id);
  return id;
}
