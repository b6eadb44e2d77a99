import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { loadContract } from '../src/contract/load-contract.ts';
import { sharedServer, startOwnServer } from '../test/store/postgres/test-server.ts';
import { measureCoverage, unsentFacts } from './contract-coverage.ts';
import { writePages } from './docs/write-pages.ts';
import { type FastTests, findSlowReasons, selectFastTests } from './fast-tests.ts';
import { groupTests } from './group-tests.ts';
import type { TestNote } from './note-reporter.ts';

/**
 * `npm test [-- files and options of node --test]`: runs the suite. Files that can share a process run in groups, the
 * others alone (see `groupTests`). Then checks that the tests exercised every operation and stream event of the
 * contract. With files as arguments, runs only those, each alone, without the check. `--fast` runs the everyday lane
 * (`npm run test:fast`), also without the check. `--second-run` retries failed files one at a time; those that pass are
 * reported as unsteady.
 */
/** One test. Prevents a hung socket from blocking a build; installing a packed tarball takes longest. */
const timeoutMs = 180_000;
/** More than one, because many tests wait: for a time-out, a process, a browser. */
const filesPerCore = 1.5;
/** Failed files that are retried. More failures at once are not flakes. */
const secondRuns = 3;
const secondRunOption = '--second-run';
const fastOption = '--fast';
const root = fileURLToPath(new URL('../', import.meta.url));
/** Halves the time that each test file and each server in it takes to load its modules. */
const compileCache = join(root, 'node_modules', '.cache', 'compiled-tests');
/** Of the everyday lane. Read by test/helpers/store-urls.ts. */
const fastSettings = { TALARIA_FAST_TESTS: '1' };

const scratch = await mkdtemp(join(tmpdir(), 'talaria-test-'));
const coverage = await mkdtemp(join(scratch, 'coverage-'));
const notes = join(scratch, 'notes.jsonl');
await writePages();
try {
  process.exitCode = await main(process.argv.slice(2));
} finally {
  await rm(scratch, { recursive: true, force: true });
}

async function main(args: string[]): Promise<number> {
  const rest = args.filter((argument) => argument !== secondRunOption && argument !== fastOption);
  const files = rest.filter((argument) => !argument.startsWith('-'));
  const fast = args.includes(fastOption) ? selectFastTests(root) : undefined;
  const isPartial = files.length > 0 || fast !== undefined;
  const passed = fast
    ? await runFiles(fast.files, [`--test-concurrency=${2 * availableParallelism()}`, ...rest], fastSettings)
    : await (isPartial ? runNode(rest) : runEverything(rest));
  const { skipped, failed } = await readNotes();
  console.log(skipped.length === 0 ? '\nNo test was skipped.' : `\nSkipped:\n  ${skipped.join('\n  ')}`);
  const isUnsteady = !passed && args.includes(secondRunOption) && (await passAlone(failed));
  const isCovered = isPartial || (await checkCoverage());
  if (fast) console.log(`\n${describeOmitted(fast)}`);
  else if (isPartial) console.log('\nOnly these files ran: the coverage of the contract was not checked.');
  if (isUnsteady) console.log(`\nUNSTEADY, failed above and passed alone:\n  ${failed.join('\n  ')}`);
  return (passed || isUnsteady) && isCovered ? 0 : 1;
}

async function runEverything(rest: string[]): Promise<boolean> {
  // Without it, each file that needs PostgreSQL reports the reason.
  await using server = await startOwnServer().catch(() => undefined);
  const files = [...findSlowReasons(root).keys()];
  return await runFiles(files, rest, server && { [sharedServer]: server.url });
}

/** Runs files, those that can share a process in groups. */
async function runFiles(files: readonly string[], rest: string[], settings?: Record<string, string>): Promise<boolean> {
  const { alone, groups } = groupTests(root, files);
  const entries = await Promise.all(groups.map((group, index) => writeEntry(group, index)));
  return await runNode([...rest, ...entries, ...alone], settings);
}

async function writeEntry(group: readonly string[], index: number): Promise<string> {
  const entry = join(scratch, `group-${index + 1}.mjs`);
  const imports = group.map((file) => `import ${JSON.stringify(pathToFileURL(join(root, file)))};\n`);
  await writeFile(entry, imports.join(''));
  return entry;
}

function describeOmitted({ files, omitted }: FastTests): string {
  const reasons = Array.from(omitted, ([reason, count]) => `${count} with ${reason}`);
  return `Ran ${files.length} files. Omitted: ${reasons.join(', ')}, and PostgreSQL in the others. npm test runs all.`;
}

/** See docs/decisions/2026-11-26-second-run.md. */
async function passAlone(files: string[]): Promise<boolean> {
  if (files.length === 0 || files.length > secondRuns) return false;
  console.log(`\nRetrying, one at a time:\n  ${files.join('\n  ')}\n`);
  return await runNode(['--test-concurrency=1', ...files]);
}

async function runNode(rest: string[], settings: Record<string, string> = {}): Promise<boolean> {
  const reporter = fileURLToPath(new URL('note-reporter.ts', import.meta.url));
  const options = [
    `--test-concurrency=${Math.ceil(filesPerCore * availableParallelism())}`,
    `--test-timeout=${timeoutMs}`,
    ...['--test-reporter=spec', '--test-reporter-destination=stdout'],
    ...[`--test-reporter=${reporter}`, `--test-reporter-destination=${notes}`],
  ];
  const child = spawn(process.execPath, ['--test', ...options, ...rest], {
    cwd: root,
    env: { NODE_COMPILE_CACHE: compileCache, ...process.env, ...settings, TALARIA_COVERAGE_DIR: coverage },
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
  console.log('\nThe contract, as exercised by the tests:');
  for (const [id, statuses] of operations) console.log(`  ${id}: ${statuses.join(' ') || 'never'}`);
  console.log(`  ${events.length} kinds of stream events. Not sent by this version:`);
  for (const [pattern, reason] of Object.entries(unsentFacts)) console.log(`    ${pattern}: ${reason}`);
  for (const gap of missing) console.error(`Never exercised: ${gap}`);
  for (const pattern of stale) console.error(`Outdated in src/contract/sent-event.ts: ${pattern}`);
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
