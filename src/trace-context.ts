/** The place of a request in a trace, as the headers of W3C Trace Context. */
export interface TraceContext {
  readonly traceparent: string;
  readonly tracestate?: string | undefined;
}

/** The version, the trace, the parent and the flags. Later versions may append fields. */
const pattern = /^(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(?:-[ -~]*)?$/;
/** The size that W3C asks participants to propagate at least. Longer states are dropped, which it allows. */
const maxStateCharacters = 512;

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** Reads the context of a request. `undefined`: it has none, or an invalid one. */
export function readTraceContext(headers: Headers): TraceContext | undefined {
  const { traceparent, tracestate } = headers;
  if (typeof traceparent !== 'string' || !isTraceParent(traceparent)) return undefined;
  const state = typeof tracestate === 'string' && tracestate.length <= maxStateCharacters ? tracestate : '';
  return state === '' ? { traceparent } : { traceparent, tracestate: state };
}

/** Version 00 has exactly four fields. */
const isTraceParent = (text: string): boolean =>
  pattern.test(text) && text.length <= maxStateCharacters && (text.length === 55 || !text.startsWith('00'));

/** Returns the headers that pass a context on. */
export const toTraceHeaders = ({ traceparent, tracestate }: TraceContext): Record<string, string> =>
  tracestate === undefined ? { traceparent } : { traceparent, tracestate };
