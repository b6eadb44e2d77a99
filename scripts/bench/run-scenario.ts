import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readCpuTime, readPeakMemory } from './process-usage.ts';
import { runLoad } from './run-load.ts';
import type { Scenario } from './scenarios.ts';
import { type ServerProcess, startProcess } from './start-process.ts';
import { type Spread, toSpread } from './statistics.ts';

export interface Measurement {
  scenario: Scenario;
  /** CPU time of Talaria as a multiple of the floor's, compared round by round. */
  ratio: Spread;
  /** Median CPU time of one unit, in microseconds. */
  cpu: { floor: number; talaria: number };
  /** Bytes. */
  peakMemory: { floor: number; talaria: number };
  /** Number of correct replies. */
  replies: number;
}

export interface RunOptions {
  rounds: number;
  /** Directory for a CPU profile of Talaria. Profiling distorts the times. */
  profileDirectory: string | undefined;
}

/**
 * Starts the servers of a scenario as child processes and measures Talaria and its floor alternately. Rejects if any reply
 * is incorrect.
 */
export async function runScenario(scenario: Scenario, options: RunOptions): Promise<Measurement> {
  await using stack = new AsyncDisposableStack();
  const upstream = stack.use(await startProcess('scripts/bench/servers/upstream.ts'));
  const environment = { AGENT_URL: `${upstream.url}/v1` };
  const floor = stack.use(await startProcess(scenario.floor, { environment }));
  const talaria = await startTalaria(environment, options, stack);
  let replies = 0;

  const load = async ({ url }: ServerProcess, count: number): Promise<void> => {
    const { body, concurrency, check } = scenario;
    await runLoad({ url: url + scenario.path, body, count, concurrency, check });
    replies += count;
  };
  const measure = async (server: ServerProcess): Promise<number> => {
    const before = readCpuTime(server.pid);
    await load(server, scenario.count);
    return (readCpuTime(server.pid) - before) / (scenario.count * scenario.unitsPerRequest);
  };

  for (const server of [floor, talaria]) await load(server, scenario.warmUp);
  const times: { floor: number; talaria: number }[] = [];
  for (let round = 0; round < options.rounds; round++) {
    // The order alternates, so that drift favours neither.
    const order = round % 2 === 0 ? [floor, talaria] : [talaria, floor];
    const measured = new Map<ServerProcess, number>();
    for (const server of order) measured.set(server, await measure(server));
    times.push({ floor: measured.get(floor) ?? 0, talaria: measured.get(talaria) ?? 0 });
  }
  return {
    scenario,
    ratio: toSpread(times.map((time) => time.talaria / time.floor)),
    cpu: {
      floor: toSpread(times.map((time) => time.floor)).median,
      talaria: toSpread(times.map((time) => time.talaria)).median,
    },
    peakMemory: { floor: readPeakMemory(floor.pid), talaria: readPeakMemory(talaria.pid) },
    replies,
  };
}

/** Starts Talaria with default settings, except for the port and the file. */
async function startTalaria(
  environment: Record<string, string>,
  { profileDirectory }: RunOptions,
  stack: AsyncDisposableStack,
): Promise<ServerProcess> {
  const directory = await mkdtemp(join(tmpdir(), 'talaria-bench-'));
  stack.defer(() => rm(directory, { recursive: true }));
  const settings = { API_SERVER_PORT: '0', STORE_URL: `sqlite:${join(directory, 'bench.db')}` };
  const nodeOptions = profileDirectory === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profileDirectory}`];
  return stack.use(
    await startProcess('src/main.ts', { environment: { ...environment, ...settings }, nodeOptions, log: 'discarded' }),
  );
}
