import { ApiError } from '../../../errors/api-error.ts';
import { shuttingDown } from '../../../errors/shutting-down.ts';

/** The progress of an exchange when it failed. */
export type ExchangeStage = 'connecting' | 'sent' | 'answering';

const stageMessages: Record<ExchangeStage, string> = {
  connecting: 'The agent could not be reached.',
  sent: 'The agent closed the connection before it answered.',
  answering: "The agent's stream ended early.",
};

/** Maps a connection failure of undici or the system to an `ApiError`. Hosts and ports appear only in its `cause`. */
export function fromConnectionError(error: unknown, stage: ExchangeStage): ApiError {
  if (error instanceof ApiError) return error;
  switch (toCode(error)) {
    case 'UND_ERR_CONNECT_TIMEOUT':
    case 'ETIMEDOUT':
      return new ApiError('upstream_timeout', 'The agent could not be reached in time.', { cause: error });
    case 'UND_ERR_HEADERS_TIMEOUT':
      return new ApiError('upstream_timeout', 'The agent did not answer in time.', { cause: error });
    case 'UND_ERR_BODY_TIMEOUT':
      return new ApiError('upstream_timeout', 'The agent stopped sending before its answer was complete.', {
        cause: error,
      });
    case 'UND_ERR_DESTROYED':
    case 'UND_ERR_CLOSED':
      return shuttingDown(error);
    case 'UND_ERR_INVALID_ARG':
      return ApiError.from(error);
    default:
      return new ApiError('upstream_error', stageMessages[stage], { cause: error });
  }
}

function toCode(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
