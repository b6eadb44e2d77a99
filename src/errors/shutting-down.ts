import { ApiError } from './api-error.ts';

/** Why a server that stops refuses or ends a request. */
export const shuttingDown = (cause?: unknown): ApiError =>
  new ApiError('server_shutting_down', 'The server is shutting down.', { cause });
