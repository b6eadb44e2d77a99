import { type Context, createTraceState, ROOT_CONTEXT, type Span, trace } from '@opentelemetry/api';
import { omitUndefined } from '../../json/omit-undefined.ts';
import type { TraceContext } from '../../trace-context.ts';

/** Returns the parent of a span that continues a trace. Without one, the span is the root of a trace. */
export function toParent(from: TraceContext | undefined): Context {
  const [, traceId, spanId, flags] = /^..-(.{32})-(.{16})-(..)/.exec(from?.traceparent ?? '') ?? [];
  if (traceId === undefined || spanId === undefined || flags === undefined) return ROOT_CONTEXT;
  const state = from?.tracestate === undefined ? undefined : createTraceState(from.tracestate);
  return trace.setSpanContext(ROOT_CONTEXT, {
    traceId,
    spanId,
    traceFlags: Number.parseInt(flags, 16),
    isRemote: true,
    ...omitUndefined({ traceState: state }),
  });
}

/** Returns the place of what a span calls. */
export function toTraceContext(span: Span): TraceContext {
  const { traceId, spanId, traceFlags, traceState } = span.spanContext();
  const traceparent = `00-${traceId}-${spanId}-${(traceFlags & 0xff).toString(16).padStart(2, '0')}`;
  const tracestate = traceState?.serialize();
  return tracestate ? { traceparent, tracestate } : { traceparent };
}
