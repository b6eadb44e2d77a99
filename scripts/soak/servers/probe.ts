/**
 * Loaded into the server with `--import`: answers the soak's questions about its process over IPC. Measures the delay of
 * the event loop since the last question.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { ProcessFigures } from '../server-process.ts';

const nanosecondsPerMillisecond = 1e6;
const settleMs = 50;
const delay = monitorEventLoopDelay({ resolution: 10 });
delay.enable();

process.on('message', () => {
  const delayMs = {
    p50: delay.percentile(50) / nanosecondsPerMillisecond,
    p99: delay.percentile(99) / nanosecondsPerMillisecond,
    max: delay.max / nanosecondsPerMillisecond,
  };
  globalThis.gc?.();
  const { rss, heapUsed } = process.memoryUsage();
  const figures: ProcessFigures = { residentBytes: rss, heapBytes: heapUsed, delayMs };
  process.send?.(figures);
  // The collection must not count as a delay.
  setTimeout(() => delay.reset(), settleMs).unref();
});
// The listener above must not keep a server alive that has stopped.
process.channel?.unref();
