/**
 * `npm run bench [-- --only a,b --rounds N --quick --server DIRECTORY --json FILE --profile DIRECTORY]`: measures Talaria
 * beside a floor that does the same work in bare Node. Fails if a reply is incorrect. `npm run bench -- growth` measures
 * the cost of a turn in each store by the depth of its chain. Fails if it grows. `npm run bench -- loop` measures a tool
 * step in each store. See docs/performance.md.
 */
import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createTalaria } from './candidates/talaria.ts';
import { runGrowth } from './growth/run-growth.ts';
import { runLoop } from './loop/run-loop.ts';
import { type Measurement, runScenario } from './run-scenario.ts';
import { createScenarios, fullEffort, quickEffort } from './scenarios.ts';
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
    /** Target of all samples. */
    json: { type: 'string' },
    profile: { type: 'string' },
  },
});

const root = fileURLToPath(new URL('../../', import.meta.url));
const name = 'Talaria';
const rounds = Number(options.rounds ?? (options.quick ? 3 : 7));
if (!Number.isInteger(rounds) || rounds < 1)
  throw new Error(`--rounds ${options.rounds} is invalid: expected an integer of at least 1.`);

const [part = 'scenarios', ...others] = positionals;
if (others.length > 0) throw new Error(`Unexpected argument ${others.join(' ')}.`);
if (part === 'growth') process.exitCode = await runGrowth({ isQuick: options.quick });
else if (part === 'loop') await runLoop({ rounds, isQuick: options.quick });
else if (part === 'scenarios') process.exitCode = await compare();
else throw new Error(`Unknown part ${part}. Expected one of: scenarios, growth, loop.`);

/** Measures the chosen scenarios, prints the table, and returns the exit code. */
async function compare(): Promise<number> {
  const started = performance.now();
  const candidates = [
    ...(options.server === undefined ? [] : [createTalaria({ name: options.server, directory: options.server })]),
    createTalaria({ name, directory: root, profileDirectory: options.profile }),
  ];
  const measurements: Measurement[] = [];
  for (const scenario of chooseScenarios()) {
    console.error(`${scenario.name} …`);
    measurements.push(await runScenario(scenario, candidates, rounds));
  }
  if (options.json !== undefined) writeFileSync(options.json, JSON.stringify(measurements, null, 2));
  const seconds = Math.round((performance.now() - started) / 1000);
  console.log(`${toTable(measurements)}\n`);
  console.log(
    `Node ${process.version}, ${availableParallelism()} cores, ${rounds} rounds${options.quick ? ', quick' : ''}, ${seconds} s`,
  );
  const faults = findFaults(measurements);
  console.log(faults.length === 0 ? 'Every reply was checked, none was wrong.' : faults.join('\n'));
  return faults.length === 0 ? 0 : 1;
}

function chooseScenarios() {
  const all = createScenarios(options.quick ? quickEffort : fullEffort);
  const chosen = options.only?.split(',') ?? all.map((scenario) => scenario.name);
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
