import { setTimeout as delay } from 'node:timers/promises';
import { readCpuTime, readMemory } from '../process-usage.ts';
import type { OpenScenario, Server } from '../scenario.ts';

const settleMs = 2000;
const bytesPerMegabyte = 1024 * 1024;
const microsecondsPerMillisecond = 1000;

/** Measures the CPU time from the start of a process to its first reply to a probe (`cpu`, ms). */
export const measureStart: OpenScenario = async (start) => async () => {
  await using server = await start();
  await probe(server);
  return { cpu: readCpuTime(server.pid) / microsecondsPerMillisecond };
};

/** Measures the resident memory of a process that has answered a probe and nothing else (`memory`, MB). */
export const measureIdle: OpenScenario = async (start) => async () => {
  await using server = await start();
  await probe(server);
  await delay(settleMs);
  return { memory: readMemory(server.pid) / bytesPerMegabyte };
};

async function probe({ url }: Server): Promise<void> {
  const reply = await fetch(`${url}/health`);
  await reply.arrayBuffer();
}
