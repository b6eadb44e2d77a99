import { mkdir, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findFreePort } from '../../test/helpers/find-free-port.ts';
import { type Child, startChild } from '../test-agents/child.ts';
import { runCommand } from '../test-agents/run-command.ts';
import { Skipped } from '../test-agents/skipped.ts';
import { type Entry, fillPlaces, type Places } from './entry.ts';
import { type Installation, install } from './install.ts';

const scripts = fileURLToPath(new URL('..', import.meta.url));
const stepMs = 120_000;

export interface StartOptions {
  /** The folder of all installations. */
  installed: string;
  /** An empty folder for the files of this run. */
  scratch: string;
  /** The address of the model behind gateways, without `/v1`. */
  upstream: string;
}

/** A program on the leaderboard that runs. */
export interface RunningEntry extends AsyncDisposable {
  origin: string;
  program: Child;
  work: string;
  /** Fills the placeholders of the entry. */
  fill(text: string): string;
}

/** Installs and starts an entry. Throws `Skipped` where that is impossible. */
export async function startEntry(entry: Entry, { installed, scratch, upstream }: StartOptions): Promise<RunningEntry> {
  const installation = await install(entry, installed);
  const work = join(scratch, entry.name);
  await mkdir(work, { recursive: true });
  const port = await findFreePort();
  const places: Places = { port: `${port}`, upstream, work, installed: installation.folder, scripts };
  const fill = (text: string): string => fillPlaces(text, places);
  for (const [name, content] of Object.entries(entry.files ?? {})) await writeFile(join(work, name), fill(content));
  const env = toEnvironment(entry, installation, places);
  for (const [program = '', ...words] of entry.steps ?? []) {
    await runCommand(fill(program), words.map(fill), { cwd: work, env, timeoutMs: stepMs });
  }
  const [command = '', ...args] = entry.command.map(fill);
  const origin = `http://127.0.0.1:${port}`;
  const program = await startChild({
    command: command === 'node' ? process.execPath : command,
    args,
    cwd: work,
    env,
    readyUrl: `${origin}${entry.ready}`,
    ...(entry.key === undefined ? {} : { readyHeaders: { authorization: `Bearer ${entry.key}` } }),
  }).catch((error: Error) => {
    throw new Skipped(`it did not start: ${error.message.replaceAll(/\s+/g, ' ').slice(-300)}`);
  });
  return { origin, program, work, fill, [Symbol.asyncDispose]: () => program[Symbol.asyncDispose]() };
}

/** The programs of the installation come first, and settings of the user's home don't count. */
function toEnvironment({ env = {} }: Entry, { bin }: Installation, places: Places): Record<string, string> {
  const path = [bin, dirname(process.execPath), process.env['PATH'] ?? ''].filter((part) => part !== '');
  const own = Object.entries(env).map(([name, value]) => [name, fillPlaces(value, places)]);
  return { PATH: path.join(delimiter), HOME: places.work, ...Object.fromEntries(own) };
}
