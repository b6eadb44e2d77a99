import { findOperation, type SwaggerRequest } from './swagger.ts';
import { createWatch } from './watch.ts';

/** The elements that show the streams of operations, by `METHOD PATH`. */
const targets = new Map<string, HTMLElement>();

export function setTarget(operation: string, target: HTMLElement | null): void {
  if (target) targets.set(operation, target);
  else targets.delete(operation);
}

/** Shows streams as they arrive, then passes the body on. Swagger UI alone shows a body only when it is complete. */
export function watchStreams(request: SwaggerRequest): SwaggerRequest {
  const target = requestsStream(request) ? targets.get(findOperation(request)) : undefined;
  if (!request.loadSpec && target) request.userFetch = (url, init) => watchedFetch(target, url, init);
  return request;
}

function requestsStream({ url, body }: SwaggerRequest): boolean {
  if (new URL(url, location.href).searchParams.get('stream') === 'true') return true;
  try {
    return JSON.parse(body ?? '')?.stream === true;
  } catch {
    return false;
  }
}

async function watchedFetch(target: HTMLElement, url: string, init: SwaggerRequest): Promise<Response> {
  const watch = createWatch(init);
  target.replaceChildren(watch.node);
  try {
    const response = await fetch(url, { ...init, signal: watch.signal });
    if (response.body && response.headers.get('content-type')?.startsWith('text/event-stream')) {
      const text = await watch.read(response.body);
      return new Response(text, { status: response.status, headers: response.headers });
    }
    watch.end(`Status ${response.status}, no stream`);
    return response;
  } catch (error) {
    watch.end(watch.signal.aborted ? 'Stopped before the stream started' : 'The server could not be reached');
    throw error;
  }
}
