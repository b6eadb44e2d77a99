/**
 * `npm run bench [-- SCENARIO… --rounds N --quick --profile DIRECTORY]`: how much CPU time Talaria takes, as a multiple
 * of a floor measured in the same minutes. See docs/performance.md. Fails when any reply was wrong.
 */
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { type Measurement, runScenario } from './run-scenario.ts';
import { type Scenario, scenarios } from './scenarios.ts';
import { toTable } from './to-table.ts';

const { values: options, positionals: names } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '7' },
    /** For a look while working: hardly any warm-up, so its ratios are those of code not yet compiled. */
    quick: { type: 'boolean', default: false },
    profile: { type: 'string' },
  },
});

const quickDivisor = 10;
const rounds = Number(options.rounds);
if (!Number.isInteger(rounds) || rounds < 1) throw new Error(`--rounds ${options.rounds} is not a count.`);

const unknown = names.filter((name) => !scenarios.some((scenario) => scenario.name === name));
if (unknown.length > 0) {
  const known = scenarios.map(({ name }) => name).join(', ');
  throw new Error(`There is no scenario ${unknown.join(', ')}. There are ${known}.`);
}

const started = performance.now();
const measurements: Measurement[] = [];
for (const scenario of scenarios) {
  if (names.length > 0 && !names.includes(scenario.name)) continue;
  console.error(`${scenario.title} …`);
  const run = options.quick ? shorten(scenario) : scenario;
  measurements.push(await runScenario(run, { rounds, profileDirectory: options.profile }));
}

const seconds = Math.round((performance.now() - started) / 1000);
console.log(`${toTable(measurements)}\n`);
console.log(
  `Node ${process.version}, ${availableParallelism()} cores, ${rounds} rounds${options.quick ? ', quick' : ''}, ${seconds} s; every reply was checked, none was wrong`,
);

function shorten(scenario: Scenario): Scenario {
  const shorter = (count: number) => Math.max(scenario.concurrency, Math.round(count / quickDivisor));
  return { ...scenario, warmUp: shorter(scenario.warmUp), count: shorter(scenario.count) };
}
