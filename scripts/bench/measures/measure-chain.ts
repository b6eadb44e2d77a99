import SqliteDatabase from 'better-sqlite3';
import { checkResponse } from '../check-reply.ts';
import { Client } from '../client.ts';
import { readCpuTime } from '../process-usage.ts';
import { expectCorrect } from '../run-load.ts';
import type { OpenScenario } from '../scenario.ts';

export interface ChainWork {
  /** Turns of each chain before the first round. */
  turns: number;
  /** Chains that are continued side by side. */
  chains: number;
  /** First turns before the first round. */
  warmUp: number;
  /** First turns in one round. */
  firstTurns: number;
  /** Turns by which each chain grows in one round. */
  count: number;
}

interface Chain {
  id?: string;
  turns: number;
}

const path = '/v1/responses';
const input = 'What is the answer to this question, and how would one explain it to a person in a hurry?';
const bytesPerKilobyte = 1024;

/**
 * Measures the CPU time of a first turn (`first`, µs) and of one after many (`deep`, µs), and the space of the latter
 * on disk (`disk`, KB). The upstream's answer contains the number of messages it received, so a lost turn is noticed.
 */
export function measureChain({ turns, chains, warmUp, firstTurns, count }: ChainWork): OpenScenario {
  return async (start, stack) => {
    const server = stack.use(await start());
    const client = stack.use(new Client({ origin: server.url, connections: chains, headers: server.headers }));

    const continueChain = async (chain: Chain, length: number): Promise<void> => {
      for (let turn = 0; turn < length; turn++) {
        const body = JSON.stringify({ model: 'chain', input, previous_response_id: chain.id });
        const reply = await client.post(path, body);
        expectCorrect(reply, checkResponse('chain', 2 * chain.turns + 1));
        chain.id = JSON.parse(reply.text).id;
        chain.turns++;
      }
    };
    const startChains = async (number: number): Promise<void> => {
      let left = number;
      const work = async (): Promise<void> => {
        while (left-- > 0) await continueChain({ turns: 0 }, 1);
      };
      await Promise.all(Array.from({ length: chains }, work));
    };
    const measureCpu = async (work: () => Promise<unknown>, times: number): Promise<number> => {
      const before = readCpuTime(server.pid);
      await work();
      return (readCpuTime(server.pid) - before) / times;
    };

    await startChains(warmUp);
    const deep = Array.from({ length: chains }, (): Chain => ({ turns: 0 }));
    const growAll = (length: number) => Promise.all(deep.map((chain) => continueChain(chain, length)));
    await growAll(turns);
    return async () => {
      const first = await measureCpu(() => startChains(firstTurns), firstTurns);
      const bytes = readUsedBytes(server.storeFile);
      const deepCpu = await measureCpu(() => growAll(count), chains * count);
      const disk = (readUsedBytes(server.storeFile) - bytes) / (chains * count) / bytesPerKilobyte;
      return { first, deep: deepCpu, disk };
    };
  };
}

/** Returns the size of the used pages; `NaN` without a file. */
function readUsedBytes(file: string | undefined): number {
  if (file === undefined) return Number.NaN;
  const database = new SqliteDatabase(file, { readonly: true });
  try {
    const read = (name: string) => Number(database.pragma(name, { simple: true }));
    return (read('page_count') - read('freelist_count')) * read('page_size');
  } finally {
    database.close();
  }
}
