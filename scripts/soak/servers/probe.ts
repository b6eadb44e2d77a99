/**
 * Loaded into the server with `--import`: answers the soak's questions about its process over IPC. Measures the delay of
 * the event loop since the last question.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { ProcessFigures } from '../server-process.ts';

const nanosecondsPerMillisecond = 1e6;
const delay = monitorEventLoopDelay({ resolution: 10 });
delay.enable();

process.on('message', () => {
  globalThis.gc?.();
  const resources: Record<string, number> = {};
  for (const name of process.getActiveResourcesInfo()) resources[name] = (resources[name] ?? 0) + 1;
  const figures: ProcessFigures = {
    residentBytes: process.memoryUsage.rss(),
    heapBytes: process.memoryUsage().heapUsed,
    delayMs: {
      p50: delay.percentile(50) / nanosecondsPerMillisecond,
      p99: delay.percentile(99) / nanosecondsPerMillisecond,
      max: delay.max / nanosecondsPerMillisecond,
    },
    resources,
  };
  delay.reset();
  process.send?.(figures);
});
// The listener above must not keep a server alive that has stopped.
process.channel?.unref();
