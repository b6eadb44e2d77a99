import { ApiError } from './api-error.ts';

/** Returns the error of requests that a stopping server refuses or ends. */
export const shuttingDown = (cause?: unknown): ApiError =>
  new ApiError('server_shutting_down', 'The server is shutting down.', { cause });
