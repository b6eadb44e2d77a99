import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startNode } from '../start-process.ts';
import type { Candidate } from './candidate.ts';

export interface TalariaOptions {
  name: string;
  /** A checkout with its packages installed. */
  directory: string;
  /** Settings beside the port, the upstream and the store. */
  settings?: Readonly<Record<string, string>>;
  /** Returns the URL of an empty store for each start; omitted: a SQLite file. */
  openStore?: (() => Promise<string>) | undefined;
  /** Folder for CPU profiles. Profiling distorts the times. */
  profileDirectory?: string | undefined;
}

/** Returns Talaria with default settings, started by the command of `npm start` in a checkout. */
export function createTalaria({ name, directory, settings, openStore, profileDirectory }: TalariaOptions): Candidate {
  let argv: string[] | undefined;
  const nodeOptions = profileDirectory === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profileDirectory}`];
  return {
    name,
    async start({ upstream, folder }) {
      const storeFile = join(folder, 'talaria.db');
      const environment = {
        AGENT_URL: `${upstream}/v1`,
        API_SERVER_PORT: '0',
        STORE_URL: openStore ? await openStore() : `sqlite:${storeFile}`,
        ...settings,
      };
      argv ??= prepareStart(directory);
      const server = await startNode([...nodeOptions, ...argv], { environment, directory, log: 'discarded' });
      return openStore ? server : Object.assign(server, { storeFile });
    },
  };
}

/** Runs the `prestart` script, and returns the arguments of node in the command of `npm start`. */
function prepareStart(directory: string): string[] {
  const { scripts } = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'));
  const [program, ...argv] = String(scripts.start).split(' ');
  if (program !== 'node') throw new Error(`"${scripts.start}" in ${directory} is not supported. Expected: node ….`);
  const { status } = spawnSync('npm', ['run', '--if-present', '--silent', 'prestart'], {
    cwd: directory,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (status !== 0) throw new Error(`"npm run prestart" failed in ${directory}.`);
  return argv;
}
