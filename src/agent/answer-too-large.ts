import { ApiError } from '../errors/api-error.ts';

/** An answer is larger than `MAX_ANSWER_BYTES`, or has more items than one may have. */
export function createAnswerTooLarge(): ApiError {
  return new ApiError('answer_too_large', "The agent's answer is larger than this server allows.");
}
