import type { ServerResponse } from 'node:http';
import { ApiError } from '../errors/api-error.ts';

/**
 * The one signal of a request: aborted when the client goes away before its reply has ended, or when the server must
 * stop. Its reason is always an ApiError. It listens to the response, since a request closes once its body is read.
 */
export function requestSignal(response: ServerResponse, shutdown: AbortSignal): AbortSignal {
  const controller = new AbortController();
  const stop = () => controller.abort(shutdown.reason);
  if (shutdown.aborted) stop();
  else shutdown.addEventListener('abort', stop, { once: true });
  response.once('close', () => {
    shutdown.removeEventListener('abort', stop);
    if (!response.writableFinished) {
      controller.abort(new ApiError('request_cancelled', 'The client closed the request.'));
    }
  });
  return controller.signal;
}
