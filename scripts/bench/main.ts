/**
 * `npm run bench [-- SCENARIO… --rounds N --quick --profile DIRECTORY]`: measures the CPU time of Talaria as a multiple of
 * a floor measured at the same time. Fails if any reply is incorrect. `npm run bench -- growth` measures the cost of a turn
 * in each store by the depth of its chain. Fails if it grows. `npm run bench -- loop` measures a tool step in each store.
 * See docs/performance.md.
 */
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { runGrowth } from './growth/run-growth.ts';
import { runLoop } from './loop/run-loop.ts';
import { type Measurement, runScenario } from './run-scenario.ts';
import { type Scenario, scenarios } from './scenarios.ts';
import { toTable } from './to-table.ts';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '7' },
    /** For a quick look: little warm-up, so the ratios include uncompiled code. */
    quick: { type: 'boolean', default: false },
    profile: { type: 'string' },
  },
});

const quickDivisor = 10;
const rounds = Number(options.rounds);
if (!Number.isInteger(rounds) || rounds < 1)
  throw new Error(`--rounds ${options.rounds} is invalid: expected an integer of at least 1.`);

const growth = 'growth';
const loop = 'loop';
const known = [...scenarios.map(({ name }) => name), growth, loop];
const unknown = positionals.filter((name) => !known.includes(name));
if (unknown.length > 0) {
  throw new Error(`Unknown scenario ${unknown.join(', ')}. Expected one of: ${known.join(', ')}.`);
}

if (positionals.includes(growth)) process.exitCode = await runGrowth({ isQuick: options.quick });
if (positionals.includes(loop)) await runLoop({ rounds, isQuick: options.quick });
const chosen = scenarios.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
if (chosen.length > 0) await compare(chosen);

async function compare(all: readonly Scenario[]): Promise<void> {
  const started = performance.now();
  const measurements: Measurement[] = [];
  for (const scenario of all) {
    console.error(`${scenario.title} …`);
    const run = options.quick ? shorten(scenario) : scenario;
    measurements.push(await runScenario(run, { rounds, profileDirectory: options.profile }));
  }
  const seconds = Math.round((performance.now() - started) / 1000);
  console.log(`${toTable(measurements)}\n`);
  console.log(
    `Node ${process.version}, ${availableParallelism()} cores, ${rounds} rounds${options.quick ? ', quick' : ''}, ${seconds} s; every reply was checked, none was wrong`,
  );
}

function shorten(scenario: Scenario): Scenario {
  const shorter = (count: number) => Math.max(scenario.concurrency, Math.round(count / quickDivisor));
  return { ...scenario, warmUp: shorter(scenario.warmUp), count: shorter(scenario.count) };
}
