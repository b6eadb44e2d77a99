import type { ServerResponse } from 'node:http';
import { ApiError } from '../errors/api-error.ts';

/** Creates the abort signal of a request. Call it once for each. */
export type RequestSignal = (response: ServerResponse) => AbortSignal;

interface Running {
  controller: AbortController;
  /** Its position in the list. */
  index: number;
}

/**
 * Creates signals that abort when the client disconnects before its reply has ended, or when the server stops. The
 * reason is always an ApiError. Signals follow the response, since a request closes once its body is read.
 *
 * Running requests are in an array. Removed listeners of an AbortSignal and outgrown tables of a Set point to later
 * ones: one long-lived request would keep all later ones in memory until the next full collection.
 */
export function createRequestSignal(shutdown: AbortSignal): RequestSignal {
  const list: Running[] = [];
  const stop = () => {
    for (const { controller } of list.slice()) controller.abort(shutdown.reason);
  };
  shutdown.addEventListener('abort', stop, { once: true });
  return (response) => {
    const running: Running = { controller: new AbortController(), index: list.length };
    list.push(running);
    if (shutdown.aborted) stop();
    const leave = () => {
      remove(list, running);
      if (response.writableFinished) return;
      running.controller.abort(new ApiError('request_cancelled', 'The client closed the request.'));
    };
    // The client may have disconnected while its body was decoded: 'close' is not emitted again.
    if (response.closed) leave();
    else response.once('close', leave);
    return running.controller.signal;
  };
}

/** Moves the last entry to the free position: no other entry has to move. */
function remove(list: Running[], { index }: Running): void {
  const last = list.pop();
  if (!last || last.index === index) return;
  last.index = index;
  list[index] = last;
}
