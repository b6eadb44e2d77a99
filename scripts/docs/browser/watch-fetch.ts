import { findOperation, type SwaggerRequest } from './swagger.ts';
import { createWatch } from './watch.ts';

/** Where the watched stream of an operation is shown, by `METHOD PATH`. */
const places = new Map<string, HTMLElement>();

export function offerPlace(operation: string, place: HTMLElement | null): void {
  if (place) places.set(operation, place);
  else places.delete(operation);
}

/** Swagger UI shows a body when it is complete. A request for a stream is read here, in sight, and then handed on. */
export function watchStreams(request: SwaggerRequest): SwaggerRequest {
  const place = asksForStream(request) ? places.get(findOperation(request)) : undefined;
  if (!request.loadSpec && place) request.userFetch = (url, init) => watchedFetch(place, url, init);
  return request;
}

function asksForStream({ url, body }: SwaggerRequest): boolean {
  if (new URL(url, location.href).searchParams.get('stream') === 'true') return true;
  try {
    return JSON.parse(body ?? '')?.stream === true;
  } catch {
    return false;
  }
}

async function watchedFetch(place: HTMLElement, url: string, init: SwaggerRequest): Promise<Response> {
  const watch = createWatch(init);
  place.replaceChildren(watch.node);
  try {
    const response = await fetch(url, { ...init, signal: watch.signal });
    if (response.body && response.headers.get('content-type')?.startsWith('text/event-stream')) {
      const text = await watch.read(response.body);
      return new Response(text, { status: response.status, headers: response.headers });
    }
    watch.end(`Answered with ${response.status}, and no stream`);
    return response;
  } catch (error) {
    watch.end(watch.signal.aborted ? 'Stopped before it began' : 'The server was not reached');
    throw error;
  }
}
