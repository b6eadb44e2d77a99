import { setTimeout as delay } from 'node:timers/promises';
import { checkResponseStream } from '../check-reply.ts';
import { Client } from '../client.ts';
import { readCpuTime, readMemory } from '../process-usage.ts';
import { runLoad } from '../run-load.ts';
import type { OpenScenario } from '../scenario.ts';
import { tokenCounts } from '../servers/chat-text.ts';

export interface FanWork {
  streams: number;
  model: 'slow' | 'paced';
  store: boolean;
  /** Requests to compile the hot code. */
  warmUp: number;
}

interface Count {
  /** Streams between their first token and their end. */
  open: number;
  together: number;
  whole: number;
}

const path = '/v1/responses';
/** Streams start evenly within this time. */
const rampMs = 2000;
const memoryEveryMs = 200;
const bytesPerKilobyte = 1024;
const firstToken = 'token1 ';

/**
 * Opens many streams, of the model `slow` at ten tokens per second. Measures the CPU time of a token (`cpu`, µs),
 * streams that arrived whole (`whole`), streams that were open at once (`together`), and the memory that each of them
 * took at the peak (`memory`, KB).
 */
export function measureFan({ streams, model, store, warmUp }: FanWork): OpenScenario {
  return async (start, stack) => {
    const server = stack.use(await start());
    const { url, headers, pid } = server;
    const toBody = (name: string) => JSON.stringify({ model: name, input: 'Count.', stream: true, store });
    const check = checkResponseStream(model);
    const warm = { url: url + path, headers, body: toBody('paced'), count: warmUp, concurrency: 32 };
    await runLoad({ ...warm, check: checkResponseStream('paced') });
    const idle = readMemory(pid);

    return async () => {
      await using client = new Client({ origin: url, connections: streams, headers });
      const count: Count = { open: 0, together: 0, whole: 0 };
      const body = toBody(model);
      let peak = 0;
      const timer = setInterval(() => {
        peak = Math.max(peak, readMemory(pid));
      }, memoryEveryMs);
      const before = readCpuTime(pid);
      await Promise.all(
        Array.from({ length: streams }, async (_, index) => {
          await delay((rampMs * index) / streams);
          if (await isWhole(client, body, check, count)) count.whole++;
        }),
      );
      clearInterval(timer);
      const { whole, together } = count;
      return {
        cpu: (readCpuTime(pid) - before) / (whole * tokenCounts[model]),
        whole,
        together,
        memory: (peak - idle) / together / bytesPerKilobyte,
      };
    };
  };
}

/** Reads one stream to its end. Returns whether it was correct; a refused or broken one is not. */
async function isWhole(
  client: Client,
  body: string,
  check: (text: string) => string | undefined,
  count: Count,
): Promise<boolean> {
  let isOpen = false;
  try {
    const { status, text } = await client.post(path, body, (bytes) => {
      if (isOpen || !bytes.includes(firstToken)) return;
      isOpen = true;
      count.together = Math.max(count.together, ++count.open);
    });
    return status === 200 && check(text) === undefined;
  } catch {
    return false;
  } finally {
    if (isOpen) count.open--;
  }
}
