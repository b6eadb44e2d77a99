/**
 * `npm run bench [-- PART OPTION…]`: measures Talaria beside a floor that does the same work in bare Node. Fails if a
 * reply is incorrect. The parts:
 *
 * - `scenarios`, if none is named: all kinds of work, in one table;
 * - `peers`: the shorter ones for other servers, which it installs;
 * - `smoke`: a few of them, briefly; fails if a ratio is far beyond its recorded value; with `--record`, records it;
 * - `growth`: a turn in each store by the depth of its chain; fails if its cost grows;
 * - `loop`: a tool step in each store.
 *
 * See docs/performance.md.
 */
import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createTestSchema } from '../../test/store/postgres/test-database.ts';
import { startOwnServer } from '../../test/store/postgres/test-server.ts';
import type { Candidate } from './candidates/candidate.ts';
import { createPeers } from './candidates/peers.ts';
import { createTalaria } from './candidates/talaria.ts';
import { durable } from './growth/growth-place.ts';
import { runGrowth } from './growth/run-growth.ts';
import { runLoop } from './loop/run-loop.ts';
import { type Measurement, runScenario } from './run-scenario.ts';
import { createScenarios, fullEffort, peerNames, quickEffort } from './scenarios.ts';
import { recordSmoke, runSmoke } from './smoke/run-smoke.ts';
import { toTable } from './to-table.ts';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    /** Names of scenarios, separated by commas. */
    only: { type: 'string' },
    rounds: { type: 'string' },
    /** For a quick look: little warm-up, so the figures include uncompiled code. */
    quick: { type: 'boolean', default: false },
    /** Another checkout, measured in the same rounds. */
    server: { type: 'string' },
    /** Also measures so many worker processes. */
    workers: { type: 'string' },
    /** `postgres`: Talaria on a PostgreSQL of its own. The floor stays on SQLite. */
    store: { type: 'string', default: 'sqlite' },
    /** Target of all samples. */
    json: { type: 'string' },
    profile: { type: 'string' },
    /** Folder in which `peers` installs. */
    dir: { type: 'string', default: fileURLToPath(new URL('../../dist-leaderboard', import.meta.url)) },
    record: { type: 'boolean', default: false },
  },
});

if (options.store !== 'sqlite' && options.store !== 'postgres')
  throw new Error(`--store ${options.store} is invalid. Expected one of: sqlite, postgres.`);
const root = fileURLToPath(new URL('../../', import.meta.url));
await using stack = new AsyncDisposableStack();
const base = {
  directory: root,
  openStore: options.store === 'postgres' ? await openPostgres() : undefined,
  profileDirectory: options.profile,
};
const talaria = createTalaria({ ...base, name: 'Talaria' });
const [part = 'scenarios', ...others] = positionals;
// A server in Python takes up to 140 times the CPU time of the floor.
const isQuick = options.quick || part === 'peers';
const rounds = Number(options.rounds ?? (isQuick ? 3 : 7));
if (!Number.isInteger(rounds) || rounds < 1)
  throw new Error(`--rounds ${options.rounds} is invalid: expected an integer of at least 1.`);

if (others.length > 0) throw new Error(`Unexpected argument ${others.join(' ')}.`);
if (part === 'growth') process.exitCode = await runGrowth({ isQuick: options.quick });
else if (part === 'loop') await runLoop({ rounds, isQuick: options.quick });
else if (part === 'smoke') process.exitCode = await (options.record ? recordSmoke(talaria) : runSmoke(talaria));
else if (part === 'peers') await compare([...createPeers(resolve(options.dir)), talaria]);
else if (part === 'scenarios') process.exitCode = await compare(createTalarias());
else throw new Error(`Unknown part ${part}. Expected one of: scenarios, growth, loop, smoke, peers.`);

/** Returns another checkout first and worker processes last, if they are wanted. */
function createTalarias(): Candidate[] {
  const { server, workers } = options;
  return [
    ...(server === undefined ? [] : [createTalaria({ ...base, name: server, directory: server })]),
    talaria,
    ...(workers === undefined
      ? []
      : [createTalaria({ ...base, name: `${workers} workers`, settings: { WORKERS: workers } })]),
  ];
}

/** Starts a PostgreSQL with durable writes. Each server has its own schema. */
async function openPostgres(): Promise<() => Promise<string>> {
  const server = stack.use(await startOwnServer(durable));
  return async () => stack.use(await createTestSchema(server)).url;
}

/** Measures the chosen scenarios, prints the table, and returns the exit code. */
async function compare(candidates: readonly Candidate[]): Promise<number> {
  const started = performance.now();
  const measurements: Measurement[] = [];
  for (const scenario of chooseScenarios()) {
    console.error(`${scenario.name} …`);
    measurements.push(await runScenario(scenario, candidates, rounds));
  }
  if (options.json !== undefined) writeFileSync(options.json, JSON.stringify(measurements, null, 2));
  const seconds = Math.round((performance.now() - started) / 1000);
  console.log(`${toTable(measurements)}\n`);
  console.log(
    `Node ${process.version}, ${availableParallelism()} cores, ${rounds} rounds${isQuick ? ', quick' : ''}, ${seconds} s`,
  );
  const faults = findFaults(measurements);
  console.log(faults.length === 0 ? 'Every reply was checked, none was wrong.' : faults.join('\n'));
  return faults.length === 0 ? 0 : 1;
}

function chooseScenarios() {
  const all = createScenarios(isQuick ? quickEffort : fullEffort);
  const byDefault = part === 'peers' ? peerNames : all.map((scenario) => scenario.name);
  const chosen: readonly string[] = options.only?.split(',') ?? byDefault;
  const unknown = chosen.filter((wanted) => all.every((scenario) => scenario.name !== wanted));
  if (unknown.length === 0) return all.filter((scenario) => chosen.includes(scenario.name));
  const known = all.map((scenario) => scenario.name).join(', ');
  throw new Error(`Unknown scenario ${unknown.join(', ')}. Expected one of: ${known}.`);
}

function findFaults(measurements: readonly Measurement[]): string[] {
  return measurements.flatMap(({ scenario, candidates }) =>
    Object.entries(candidates).flatMap(([candidate, outcome]) =>
      'fault' in outcome ? [`${scenario}, ${candidate}: ${outcome.fault}`] : [],
    ),
  );
}
