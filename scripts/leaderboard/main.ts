import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Skipped } from '../test-agents/skipped.ts';
import { entries } from './entries/all.ts';
import { type Entry, pinnedVersion } from './entry.ts';
import { toOverview, toPage } from './page/to-page.ts';
import { type EntryResult, toResult } from './result.ts';
import { writeResults } from './results.ts';
import { runEntry } from './run-entry.ts';
import { sortResults } from './score.ts';
import type { StartOptions } from './start-entry.ts';
import { startUpstream } from './upstream.ts';

/**
 * `npm run leaderboard [-- --only NAME,… --dir FOLDER --reports FOLDER --write]`: installs servers from npm and PyPI,
 * runs `talaria verify` against each, and prints a table. Skips what this machine can't install or start. The
 * installations are kept in the folder and used again. `--reports` keeps the whole reports. `--write` keeps the results
 * and writes docs/leaderboard.md; `--render` only writes it again from the results that are kept.
 */
const { values } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    dir: { type: 'string', default: fileURLToPath(new URL('../../dist-leaderboard', import.meta.url)) },
    reports: { type: 'string' },
    write: { type: 'boolean', default: false },
    render: { type: 'boolean', default: false },
  },
});
const names = entries.map(({ name }) => name);
const only = values.only.split(',').filter((name) => name !== '');
const unknown = only.filter((name) => !names.includes(name));
if (unknown.length > 0) {
  console.error(`Unknown entry ${unknown.join(', ')}. Expected one of: ${names.join(', ')}.`);
  process.exit(2);
}

if (values.render) {
  await writePage([]);
} else {
  const results = await runAll(entries.filter(({ name }) => only.length === 0 || only.includes(name)));
  console.log(toOverview(sortResults(results)));
  if (values.write) await writePage(results);
}

async function runAll(chosen: readonly Entry[]): Promise<EntryResult[]> {
  const installed = resolve(values.dir);
  await mkdir(installed, { recursive: true });
  const scratch = await mkdtemp(join(tmpdir(), 'talaria-leaderboard-'));
  const results: EntryResult[] = [];
  try {
    await using upstream = await startUpstream(join(scratch, 'upstream'));
    for (const entry of chosen) {
      console.error(`▶ ${entry.name} ${pinnedVersion(entry)}`);
      results.push(await run(entry, { installed, scratch, upstream: upstream.origin }));
      await keepReport(entry, scratch);
    }
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
  return results;
}

async function run(entry: Entry, options: StartOptions): Promise<EntryResult> {
  const version = pinnedVersion(entry);
  try {
    const report = await runEntry(entry, options);
    console.error(`  ${JSON.stringify(report.totals)}, ${Math.round(report.milliseconds / 1000)} s`);
    return toResult(entry.name, version, report);
  } catch (error) {
    if (!(error instanceof Skipped)) throw error;
    console.error(`  skipped: ${error.message}`);
    const date = new Date().toISOString().slice(0, 10);
    return { name: entry.name, version, date, skipped: error.message, milliseconds: 0, counts: [], findings: [] };
  }
}

async function keepReport({ name }: Entry, scratch: string): Promise<void> {
  if (values.reports === undefined) return;
  await mkdir(values.reports, { recursive: true });
  await copyFile(join(scratch, name, 'report.json'), join(values.reports, `${name}.json`)).catch(() => {});
}

async function writePage(results: readonly EntryResult[]): Promise<void> {
  const page = new URL('../../docs/leaderboard.md', import.meta.url);
  await writeFile(page, toPage(await writeResults(results, names)));
}
