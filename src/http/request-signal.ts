import type { ServerResponse } from 'node:http';
import { ApiError } from '../errors/api-error.ts';

/** Makes the one signal of a request; to be called once for each. */
export type RequestSignal = (response: ServerResponse) => AbortSignal;

interface Running {
  controller: AbortController;
  /** Its place in the list. */
  index: number;
}

/**
 * The signals it makes are aborted when the client goes away before its reply has ended, or when the server must stop.
 * Their reason is always an ApiError. They listen to the response, since a request closes once its body is read.
 *
 * What runs is in an array, because other lists leave a trail: the removed listeners of a signal point to later ones, and
 * the outgrown tables of a Set to the next. Through either, one request that has grown old keeps all later ones in memory
 * until the next full collection.
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
    // It may have gone while its body was being decoded: nobody will say so again.
    if (response.closed) leave();
    else response.once('close', leave);
    return running.controller.signal;
  };
}

/** The last takes its place: no other has to move. */
function remove(list: Running[], { index }: Running): void {
  const last = list.pop();
  if (!last || last.index === index) return;
  last.index = index;
  list[index] = last;
}
