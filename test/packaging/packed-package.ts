import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

export const repository = fileURLToPath(new URL('../../', import.meta.url));

export interface PackedPackage extends AsyncDisposable {
  /** An otherwise empty project that depends on the packed tarball. */
  project: string;
  /** Paths in the tarball, relative to the package's root. */
  files: string[];
  /** The reason if it could not be installed, because no registry is reachable. */
  unreachable: string | undefined;
}

/** Builds and packs this repository as published, and installs the tarball in an empty project. */
export async function installPackedPackage(): Promise<PackedPackage> {
  await run(process.execPath, ['scripts/build.ts', '--noCheck'], { cwd: repository });
  return packAndInstall(repository);
}

/** Packs the package in a folder, which is built already, and installs the tarball in an empty project. */
export async function packAndInstall(source: string): Promise<PackedPackage> {
  const directory = await mkdtemp(join(tmpdir(), 'talaria-pack-'));
  const project = join(directory, 'project');
  await mkdir(project);
  const packed = await npm(source, ['pack', '--json', '--ignore-scripts', '--pack-destination', directory]);
  const [{ filename, files }] = JSON.parse(packed) as [{ filename: string; files: { path: string }[] }]; // npm's own format
  await writeFile(join(project, 'package.json'), JSON.stringify({ name: 'stranger', private: true, type: 'module' }));
  const install = ['install', '--prefer-offline', '--no-audit', '--no-fund', '--fetch-retries=1'];
  const unreachable = await npm(project, [...install, join(directory, filename)]).then(() => undefined, toUnreachable);
  return {
    project,
    files: files.map((file) => file.path),
    unreachable,
    [Symbol.asyncDispose]: () => rm(directory, { recursive: true, force: true }),
  };
}

/** A clean environment: without the variables of the npm that runs these tests, and with this Node first. */
export function strangersEnvironment(): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(
    ([name]) => !/^(npm_|NODE_TEST|TALARIA_|API_SERVER_|AGENT_)/.test(name),
  );
  return { ...Object.fromEntries(own), PATH: `${dirname(process.execPath)}${delimiter}${process.env['PATH'] ?? ''}` };
}

async function npm(cwd: string, command: string[]): Promise<string> {
  const { stdout } = await run('npm', command, { cwd, env: strangersEnvironment(), maxBuffer: 64 * 1024 * 1024 });
  return stdout;
}

/** Returns the reason if no registry is reachable. Rethrows any other error. */
function toUnreachable(error: Error): string {
  const reason = /E(NOTFOUND|CONNREFUSED|CONNRESET|TIMEDOUT|AI_AGAIN|NETUNREACH|NOTCACHED)/.exec(error.message)?.[0];
  if (!reason) throw error;
  return `the npm registry cannot be reached (${reason})`;
}
