import { findOperation } from "./swagger.js";
import { createWatch } from "./watch.js";
const places = new Map();
export function offerPlace(operation, place) {
    if (place)
        places.set(operation, place);
    else
        places.delete(operation);
}
export function watchStreams(request) {
    const place = asksForStream(request) ? places.get(findOperation(request)) : undefined;
    if (!request.loadSpec && place)
        request.userFetch = (url, init) => watchedFetch(place, url, init);
    return request;
}
function asksForStream({ url, body }) {
    if (new URL(url, location.href).searchParams.get('stream') === 'true')
        return true;
    try {
        return JSON.parse(body ?? '')?.stream === true;
    }
    catch {
        return false;
    }
}
async function watchedFetch(place, url, init) {
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
    }
    catch (error) {
        watch.end(watch.signal.aborted ? 'Stopped before it began' : 'The server was not reached');
        throw error;
    }
}
