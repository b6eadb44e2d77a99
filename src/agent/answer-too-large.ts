import { ApiError } from '../errors/api-error.ts';

/** Returns the error of an answer that exceeds `MAX_ANSWER_BYTES` or the limit on its items. */
export function createAnswerTooLarge(): ApiError {
  return new ApiError('answer_too_large', "The agent's answer is larger than this server allows.");
}
