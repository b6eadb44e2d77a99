import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Report } from '../../src/verify/report/report.ts';
import { runCommand } from '../test-agents/run-command.ts';
import { Skipped } from '../test-agents/skipped.ts';
import type { Entry } from './entry.ts';
import { type StartOptions, startEntry } from './start-entry.ts';

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

const verifyMs = 20 * 60_000;

/** Installs and starts an entry, checks it, and stops it. Throws `Skipped` where that is impossible. */
export async function runEntry(entry: Entry, options: StartOptions): Promise<Report> {
  await using running = await startEntry(entry, options);
  const { origin, program, work, fill } = running;
  const report = await checkServer(entry, { origin, work, options: (entry.options ?? []).map(fill) });
  await writeFile(join(work, 'output.log'), program.output());
  return report;
}

interface Check {
  origin: string;
  work: string;
  options: readonly string[];
}

/** Runs `talaria verify` as a user does. */
async function checkServer(entry: Entry, { origin, work, options }: Check): Promise<Report> {
  const file = join(work, 'report.json');
  const words = [main, 'verify', origin, '--json', file, '--model', entry.model, ...options];
  if (entry.key !== undefined) words.push('--key', entry.key);
  // A failed audit is an exit code, too: the report decides.
  const output = await runCommand(process.execPath, words, { timeoutMs: verifyMs }).catch(
    (error: Error) => error.message,
  );
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch {
    throw new Skipped(`\`talaria verify\` had nothing to check: ${output.trim().split('\n').at(-1)}`);
  }
}
