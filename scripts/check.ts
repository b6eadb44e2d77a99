import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { delimiter } from 'node:path';
import { fileURLToPath } from 'node:url';

const tests = 'tests';
/** Steps that run alone, after the others. */
const alone = ['bench', tests];

/**
 * `npm run check [-- STEP…]`: the gate. Runs every step, so that one call shows all failures: the quick ones side by
 * side, the longest first, then the bench and the tests.
 */
const steps: Record<string, string[]> = {
  types: ['tsc', '--noEmit'],
  code: ['biome', 'lint', '--error-on-warnings', '.'],
  generated: ['node', 'scripts/generate.ts', '--check'],
  format: ['biome', 'format', '.'],
  contract: ['redocly', 'lint', 'openapi.yaml'],
  breaking: ['node', 'scripts/breaking/main.ts'],
  drift: ['node', 'scripts/drift/main.ts'],
  unused: ['knip'],
  audit: ['node', 'scripts/audit.ts'],
  pages: ['tsc', '--noEmit', '-p', 'scripts/docs/browser'],
  console: ['tsc', '--noEmit', '-p', 'scripts/console/browser'],
  samples: ['tsc', '--noEmit', '-p', 'scripts/samples'],
  bench: ['node', 'scripts/bench/main.ts', 'smoke'],
  [tests]: ['node', 'scripts/test.ts', '--second-run'],
};

const root = fileURLToPath(new URL('../', import.meta.url));
const programs = fileURLToPath(new URL('../node_modules/.bin', import.meta.url));
const env = {
  ...process.env,
  PATH: `${programs}${delimiter}${process.env['PATH'] ?? ''}`,
  REDOCLY_TELEMETRY: 'off',
  REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true',
};

interface Outcome {
  name: string;
  passed: boolean;
  /** The reason if the step passed without checking anything. */
  skipped: string | undefined;
  seconds: string;
}

const chosen = process.argv.slice(2);
const unknown = chosen.filter((name) => !Object.hasOwn(steps, name));
if (unknown.length > 0) {
  console.error(`Unknown step ${unknown.join(', ')}. Expected one of: ${Object.keys(steps).join(', ')}.`);
  process.exit(1);
}
const wanted = Object.keys(steps).filter((name) => chosen.length === 0 || chosen.includes(name));
const outcomes = await runSideBySide(wanted.filter((name) => !alone.includes(name)));
for (const name of wanted.filter((wanted) => alone.includes(wanted))) outcomes.push(await runStep(name));
summarise(outcomes);

/** Runs steps, as many at once as there are cores. */
async function runSideBySide(names: readonly string[]): Promise<Outcome[]> {
  const queue = names.values();
  const outcomes: Outcome[] = [];
  const work = async () => {
    for (const name of queue) outcomes.push(await runStep(name));
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  return outcomes;
}

/** Runs a step. Prints its output only if it fails, except for the tests, whose output is streamed. */
async function runStep(name: string): Promise<Outcome> {
  const [program = '', ...rest] = steps[name] ?? [];
  const started = performance.now();
  const quiet = name !== tests;
  console.log(`▶ ${name}`);
  const child = spawn(program, rest, {
    cwd: root,
    env,
    stdio: ['ignore', quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'],
  });
  let output = '';
  child.stdout?.on('data', (chunk) => {
    output += chunk;
  });
  child.stderr?.on('data', (chunk) => {
    output += chunk;
  });
  const passed = await once(child, 'close').then(
    ([code]) => code === 0,
    (error) => {
      output += `${error.message}. Run "npm ci" first.\n`;
      return false;
    },
  );
  if (!passed) process.stdout.write(output);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const skipped = passed ? /^skipped: .*$/m.exec(output)?.[0] : undefined;
  console.log(`${passed ? '✔' : '✘'} ${name} (${seconds} s)${skipped === undefined ? '' : ` ${skipped}`}`);
  return { name, passed, skipped, seconds };
}

function summarise(outcomes: Outcome[]): void {
  console.log('\nSummary');
  for (const { name, passed, skipped, seconds } of outcomes) {
    const outcome = passed ? (skipped === undefined ? 'passed' : 'skipped') : 'FAILED';
    console.log(`  ${outcome.padEnd(7)} ${name.padEnd(10)} ${seconds.padStart(6)} s`);
  }
  const failed = outcomes.filter((outcome) => !outcome.passed).map((outcome) => outcome.name);
  if (failed.length === 0) return;
  console.error(`Failed: ${failed.join(', ')}`);
  process.exitCode = 1;
}
