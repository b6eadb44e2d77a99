import { availableParallelism } from 'node:os';
import { type GrowthBackend, memoryBackend, sqliteBackend, startPostgresBackend } from './growth-place.ts';
import { findGrowthFaults, toGrowthTable } from './judge-growth.ts';
import { type Growth, type GrowthOptions, measureGrowth } from './measure-growth.ts';

const full: GrowthOptions = { depths: [1, 10, 100, 1000], turns: 2000, samples: 25 };
const quick: GrowthOptions = { depths: [1, 10, 100], turns: 500, samples: 5 };

/**
 * Measures the cost of a turn in each store by the depth of its chain, through the store's interface: the other scenarios
 * measure the server. Prints a table and the costs that grow but should not. Returns the exit code.
 */
export async function runGrowth({ isQuick }: { isQuick: boolean }): Promise<number> {
  const started = performance.now();
  await using stack = new AsyncDisposableStack();
  const rows: Growth[] = [];
  for (const start of [async () => memoryBackend, async () => sqliteBackend, startPostgresBackend]) {
    const backend: GrowthBackend | undefined = await start().catch((reason: unknown) => {
      console.log(`PostgreSQL was skipped: ${reason instanceof Error ? reason.message : reason}\n`);
      return undefined;
    });
    if (backend === undefined) continue;
    console.error(`growth, ${backend.name} …`);
    rows.push(...(await measureGrowth(stack.use(backend), isQuick ? quick : full)));
  }
  const faults = findGrowthFaults(rows);
  const seconds = Math.round((performance.now() - started) / 1000);
  console.log(`${toGrowthTable(rows)}\n`);
  console.log(`Node ${process.version}, ${availableParallelism()} cores${isQuick ? ', quick' : ''}, ${seconds} s`);
  for (const fault of faults) console.error(`Not linear: ${fault}`);
  return faults.length === 0 ? 0 : 1;
}
