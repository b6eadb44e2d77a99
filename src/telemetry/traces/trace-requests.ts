import { SpanKind, type Tracer } from '@opentelemetry/api';
import type { RequestEnd, RequestWatch, WatchRequest } from '../../http/watch-requests.ts';
import { omitUndefined } from '../../json/omit-undefined.ts';
import { readTraceContext } from '../../trace-context.ts';
import { toParent, toTraceContext } from './span-context.ts';
import { failSpan } from './trace-calls.ts';

/** Paths that probes and scrapes read all the time. */
const unrecorded: ReadonlySet<string> = new Set(['/health', '/ready', '/metrics', '/v1/health']);

const unwatched: RequestWatch = { ended() {} };

/** Records a span for each request, which continues the client's trace. */
export function traceRequests(tracer: Tracer): WatchRequest {
  return ({ method, path, headers }) => {
    if (unrecorded.has(path)) return unwatched;
    const attributes = { 'http.request.method': method, 'url.path': path, 'url.scheme': 'http' };
    const parent = toParent(readTraceContext(headers));
    const span = tracer.startSpan(method, { kind: SpanKind.SERVER, attributes }, parent);
    return {
      trace: toTraceContext(span),
      ended({ route, status, error }: RequestEnd) {
        if (route !== undefined) span.updateName(`${method} ${route}`);
        span.setAttributes(omitUndefined({ 'http.route': route, 'http.response.status_code': status }));
        if (error?.isServerError) failSpan(span, error);
        else if (error) span.setAttribute('error.type', error.code);
        span.end();
      },
    };
  };
}
