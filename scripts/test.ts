import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadContract } from '../src/contract/load-contract.ts';
import { measureCoverage, unsentEvents } from './contract-coverage.ts';

/**
 * `npm test [-- files and options of node --test]`: the suite, each file in a process of its own, then proof that it
 * made every operation and every stream event of the contract happen. Given files, only they run, without that proof.
 */
const everything = 'test/**/*.test.ts';
/** One test. Prevents a hung socket from holding a build; installing a packed tarball is the longest. */
const timeoutMs = 180_000;

const scratch = await mkdtemp(join(tmpdir(), 'talaria-test-'));
const coverage = await mkdtemp(join(scratch, 'coverage-'));
const skips = join(scratch, 'skips.txt');
try {
  process.exitCode = await main(process.argv.slice(2));
} finally {
  await rm(scratch, { recursive: true, force: true });
}

async function main(given: string[]): Promise<number> {
  const files = given.filter((argument) => !argument.startsWith('-'));
  const code = await runNode([...given, ...(files.length === 0 ? [everything] : [])]);
  await printSkips();
  if (files.length > 0) {
    console.log('\nOnly the given files ran: whether the contract was covered was not checked.');
    return code;
  }
  return (await checkCoverage()) ? code : 1;
}

async function runNode(rest: string[]): Promise<number> {
  const reporter = fileURLToPath(new URL('skip-reporter.ts', import.meta.url));
  const settings = [
    `--test-concurrency=${availableParallelism()}`,
    `--test-timeout=${timeoutMs}`,
    ...['--test-reporter=spec', '--test-reporter-destination=stdout'],
    ...[`--test-reporter=${reporter}`, `--test-reporter-destination=${skips}`],
  ];
  const child = spawn(process.execPath, ['--test', ...settings, ...rest], {
    cwd: fileURLToPath(new URL('../', import.meta.url)),
    env: { ...process.env, TALARIA_COVERAGE_DIR: coverage },
    stdio: 'inherit',
  });
  const [code] = await once(child, 'exit');
  return typeof code === 'number' ? code : 1;
}

async function printSkips(): Promise<void> {
  const lines = (await readFile(skips, 'utf8').catch(() => '')).trim();
  console.log(lines === '' ? '\nNo test was skipped.' : `\nSkipped:\n${lines.replaceAll(/^/gm, '  ')}`);
}

async function checkCoverage(): Promise<boolean> {
  const facts = await readFacts();
  const { operations, events, missing, stale } = measureCoverage(loadContract().document, {
    facts,
    unsent: unsentEvents,
  });
  console.log('\nThe contract, as the tests saw it:');
  for (const [id, statuses] of operations) console.log(`  ${id}: ${statuses.join(' ') || 'never'}`);
  console.log(`  ${events.length} kinds of stream events; not sent by this version:`);
  for (const [pattern, reason] of Object.entries(unsentEvents)) console.log(`    ${pattern}: ${reason}`);
  for (const gap of missing) console.error(`Never exercised: ${gap}`);
  for (const pattern of stale) console.error(`No longer true in scripts/contract-coverage.ts: ${pattern}`);
  return missing.length + stale.length === 0;
}

async function readFacts(): Promise<Set<string>> {
  const files = await readdir(coverage).catch(() => []);
  const texts = await Promise.all(files.map((file) => readFile(join(coverage, file), 'utf8')));
  return new Set(texts.flatMap((text) => text.split('\n')).filter((line) => line !== ''));
}
