import { ApiError } from '../../../errors/api-error.ts';
import { isContextError } from './is-context-error.ts';

/**
 * Maps an error that an upstream reported within its stream to `upstream_error`, or to `context_length_exceeded`, which
 * clients handle. The detail is logged only: it may name hosts and files of the upstream's machine.
 */
export function fromStreamError(detail: unknown): ApiError {
  const text = JSON.stringify(detail);
  const cause = new Error(`the upstream reported: ${text}`);
  if (isContextError(text)) {
    const message = "The conversation is longer than the agent's context window.";
    return new ApiError('context_length_exceeded', message, { cause });
  }
  return new ApiError('upstream_error', 'The agent reported an error while it answered.', { cause });
}
