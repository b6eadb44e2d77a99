import type { CallObserver } from '../../run-observer.ts';
import type { RunWatch, WatchRun } from '../../runs/run-watch.ts';
import { toTraceHeaders } from '../../trace-context.ts';

const untraced: RunWatch = { ended() {} };

/**
 * Passes the client's trace on to models and tools unchanged. A server that records no spans must still forward it (W3C
 * Trace Context, 3.4): otherwise the trace would break here.
 */
export const passTrace: WatchRun = ({ facts: { trace } }) => {
  if (!trace) return untraced;
  const observer: CallObserver = { headers: toTraceHeaders(trace), ended() {} };
  return { modelCalled: () => observer, toolCalled: () => observer, ended() {} };
};
