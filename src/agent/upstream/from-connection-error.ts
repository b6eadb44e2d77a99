import { ApiError } from '../../errors/api-error.ts';
import { shuttingDown } from '../../errors/shutting-down.ts';

/** How far an exchange had come when it failed. */
export type ExchangeStage = 'connecting' | 'sent' | 'answering';

const stageMessages: Record<ExchangeStage, string> = {
  connecting: 'The agent could not be reached.',
  sent: 'The agent closed the connection before it answered.',
  answering: "The agent's stream ended early.",
};

/** A failure of the connection, as undici or the system reports it. Hosts and ports stay in `cause`. */
export function fromConnectionError(error: unknown, stage: ExchangeStage): ApiError {
  if (error instanceof ApiError) return error;
  switch (toCode(error)) {
    case 'UND_ERR_CONNECT_TIMEOUT':
    case 'ETIMEDOUT':
      return new ApiError('upstream_timeout', 'The agent could not be reached in time.', { cause: error });
    case 'UND_ERR_HEADERS_TIMEOUT':
      return new ApiError('upstream_timeout', 'The agent did not answer in time.', { cause: error });
    case 'UND_ERR_BODY_TIMEOUT':
      return new ApiError('upstream_timeout', 'The agent fell silent while it answered.', { cause: error });
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
