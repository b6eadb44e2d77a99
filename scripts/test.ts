import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadContract } from '../src/contract/load-contract.ts';
import { measureCoverage, unsentFacts } from './contract-coverage.ts';
import type { TestNote } from './note-reporter.ts';

/**
 * `npm test [-- files and options of node --test]`: the suite, each file in a process of its own, then proof that it
 * made every operation and every stream event of the contract happen. Given files, only they run, without that proof.
 * With `--second-run`, files that failed run once more, by themselves; what passes then is named as unsteady.
 */
const everything = 'test/**/*.test.ts';
/** One test. Prevents a hung socket from holding a build; installing a packed tarball is the longest. */
const timeoutMs = 180_000;
/** Files that get a second run. More than a few that fail at once are no accident. */
const secondRuns = 3;
const secondRunOption = '--second-run';

const scratch = await mkdtemp(join(tmpdir(), 'talaria-test-'));
const coverage = await mkdtemp(join(scratch, 'coverage-'));
const notes = join(scratch, 'notes.jsonl');
try {
  process.exitCode = await main(process.argv.slice(2));
} finally {
  await rm(scratch, { recursive: true, force: true });
}

async function main(given: string[]): Promise<number> {
  const rest = given.filter((argument) => argument !== secondRunOption);
  const files = rest.filter((argument) => !argument.startsWith('-'));
  const passed = await runNode([...rest, ...(files.length === 0 ? [everything] : [])]);
  const { skipped, failed } = await readNotes();
  console.log(skipped.length === 0 ? '\nNo test was skipped.' : `\nSkipped:\n  ${skipped.join('\n  ')}`);
  const isUnsteady = !passed && given.includes(secondRunOption) && (await passAlone(failed));
  const isCovered = files.length > 0 || (await checkCoverage());
  if (files.length > 0) console.log('\nOnly the given files ran: whether the contract was covered was not checked.');
  if (isUnsteady) console.log(`\nUNSTEADY, failed above and passed alone:\n  ${failed.join('\n  ')}`);
  return (passed || isUnsteady) && isCovered ? 0 : 1;
}

/** See docs/decisions/2026-11-26-second-run.md. */
async function passAlone(files: string[]): Promise<boolean> {
  if (files.length === 0 || files.length > secondRuns) return false;
  console.log(`\nOnce more, by themselves:\n  ${files.join('\n  ')}\n`);
  return await runNode(['--test-concurrency=1', ...files]);
}

async function runNode(rest: string[]): Promise<boolean> {
  const reporter = fileURLToPath(new URL('note-reporter.ts', import.meta.url));
  const settings = [
    `--test-concurrency=${availableParallelism()}`,
    `--test-timeout=${timeoutMs}`,
    ...['--test-reporter=spec', '--test-reporter-destination=stdout'],
    ...[`--test-reporter=${reporter}`, `--test-reporter-destination=${notes}`],
  ];
  const child = spawn(process.execPath, ['--test', ...settings, ...rest], {
    cwd: fileURLToPath(new URL('../', import.meta.url)),
    env: { ...process.env, TALARIA_COVERAGE_DIR: coverage },
    stdio: 'inherit',
  });
  const [code] = await once(child, 'exit');
  return code === 0;
}

async function readNotes(): Promise<{ skipped: string[]; failed: string[] }> {
  const all = (await readLines(notes)).map((line): TestNote => JSON.parse(line));
  const failed = all.flatMap((note) => ('failed' in note ? [note.failed] : []));
  return { skipped: all.flatMap((note) => ('skipped' in note ? [note.skipped] : [])), failed: [...new Set(failed)] };
}

async function checkCoverage(): Promise<boolean> {
  const facts = await readFacts();
  const { operations, events, missing, stale } = measureCoverage(loadContract().document, {
    facts,
    unsent: unsentFacts,
  });
  console.log('\nThe contract, as the tests saw it:');
  for (const [id, statuses] of operations) console.log(`  ${id}: ${statuses.join(' ') || 'never'}`);
  console.log(`  ${events.length} kinds of stream events; not sent by this version:`);
  for (const [pattern, reason] of Object.entries(unsentFacts)) console.log(`    ${pattern}: ${reason}`);
  for (const gap of missing) console.error(`Never exercised: ${gap}`);
  for (const pattern of stale) console.error(`No longer true in src/contract/sent-event.ts: ${pattern}`);
  return missing.length + stale.length === 0;
}

async function readFacts(): Promise<Set<string>> {
  const files = await readdir(coverage).catch(() => []);
  const facts = await Promise.all(files.map((file) => readLines(join(coverage, file))));
  return new Set(facts.flat());
}

async function readLines(file: string): Promise<string[]> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return text.split('\n').filter((line) => line !== '');
}
