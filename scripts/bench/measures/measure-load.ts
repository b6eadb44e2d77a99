import type { CheckReply } from '../check-reply.ts';
import { readCpuTime, readPeakMemory } from '../process-usage.ts';
import { runLoad } from '../run-load.ts';
import type { OpenScenario } from '../scenario.ts';

export interface LoadWork {
  path: string;
  body: string;
  check: CheckReply;
  /** Units of the reported CPU time in one request, such as tokens. */
  units: number;
  concurrency: number;
  /** Warm-up requests, until the hot code is compiled. */
  warmUp: number;
  /** Requests in one round: a few tenths of a second of CPU time. */
  count: number;
}

const bytesPerMegabyte = 1024 * 1024;
const millisecondsPerSecond = 1000;

/** Measures the CPU time of a unit (`cpu`, µs), requests per second (`rate`) and the peak memory (`peak`, MB). */
export function measureLoad({ path, body, check, units, concurrency, warmUp, count }: LoadWork): OpenScenario {
  return async (start, stack) => {
    const server = stack.use(await start());
    const { headers, pid } = server;
    const send = (requests: number): Promise<void> =>
      runLoad({ url: server.url + path, headers, body, count: requests, concurrency, check });
    await send(warmUp);
    return async () => {
      const startedAt = performance.now();
      const before = readCpuTime(pid);
      await send(count);
      return {
        cpu: (readCpuTime(pid) - before) / (count * units),
        rate: (count / (performance.now() - startedAt)) * millisecondsPerSecond,
        peak: readPeakMemory(pid) / bytesPerMegabyte,
      };
    };
  };
}
