import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Report } from '../../src/verify/report/report.ts';
import { findFreePort } from '../../test/helpers/find-free-port.ts';
import { startChild } from '../test-agents/child.ts';
import { runCommand } from '../test-agents/run-command.ts';
import { Skipped } from '../test-agents/skipped.ts';
import { type Entry, fillPlaces, type Places } from './entry.ts';
import { type Installation, install } from './install.ts';

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
const scripts = fileURLToPath(new URL('..', import.meta.url));

const limitsMs = { step: 120_000, verify: 20 * 60_000 };

export interface RunOptions {
  /** The folder of all installations. */
  installed: string;
  /** An empty folder for the files of this run. */
  scratch: string;
  /** The address of the model behind gateways, without `/v1`. */
  upstream: string;
}

/** Installs and starts an entry, checks it, and stops it. Throws `Skipped` where that is impossible. */
export async function runEntry(entry: Entry, { installed, scratch, upstream }: RunOptions): Promise<Report> {
  const installation = await install(entry, installed);
  const work = join(scratch, entry.name);
  await mkdir(work, { recursive: true });
  const port = await findFreePort();
  const places: Places = { port: `${port}`, upstream, work, installed: installation.folder, scripts };
  const fill = (text: string): string => fillPlaces(text, places);
  for (const [name, content] of Object.entries(entry.files ?? {})) await writeFile(join(work, name), fill(content));
  const env = toEnvironment(entry, installation, places);
  for (const [program = '', ...words] of entry.steps ?? []) {
    await runCommand(fill(program), words.map(fill), { cwd: work, env, timeoutMs: limitsMs.step });
  }
  const [command = '', ...args] = entry.command.map(fill);
  const origin = `http://127.0.0.1:${port}`;
  await using program = await startChild({
    command: command === 'node' ? process.execPath : command,
    args,
    cwd: work,
    env,
    readyUrl: `${origin}${entry.ready}`,
    ...(entry.key === undefined ? {} : { readyHeaders: { authorization: `Bearer ${entry.key}` } }),
  }).catch((error: Error) => {
    throw new Skipped(`it did not start: ${error.message.replaceAll(/\s+/g, ' ').slice(-300)}`);
  });
  const report = await checkServer(entry, { origin, work, options: (entry.options ?? []).map(fill) });
  await writeFile(join(work, 'output.log'), program.output());
  return report;
}

/** The programs of the installation come first, and settings of the user's home don't count. */
function toEnvironment({ env = {} }: Entry, { bin }: Installation, places: Places): Record<string, string> {
  const path = [bin, dirname(process.execPath), process.env['PATH'] ?? ''].filter((part) => part !== '');
  const own = Object.entries(env).map(([name, value]) => [name, fillPlaces(value, places)]);
  return { PATH: path.join(delimiter), HOME: places.work, ...Object.fromEntries(own) };
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
  const output = await runCommand(process.execPath, words, { timeoutMs: limitsMs.verify }).catch(
    (error: Error) => error.message,
  );
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch {
    throw new Skipped(`\`talaria verify\` had nothing to check: ${output.trim().split('\n').at(-1)}`);
  }
}
