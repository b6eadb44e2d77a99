import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { preparePython } from '../test-agents/python-environment.ts';
import { runCommand } from '../test-agents/run-command.ts';
import { Skipped } from '../test-agents/skipped.ts';
import type { Entry } from './entry.ts';

const installMs = 30 * 60_000;

/** The file that lists the packages of a folder. Other packages are installed in another folder. */
const toFolder = ({ name, packages: [first = ''] }: Entry): string =>
  `${name}-${first.replaceAll(/[^\w.]+/g, '-').replaceAll(/^-|-$/g, '')}`;

/** An installed program. */
export interface Installation {
  folder: string;
  /** The folder of its commands. */
  bin: string;
}

/** Installs the packages of an entry, or uses an earlier installation. Throws `Skipped` where that is impossible. */
export async function install(entry: Entry, root: string): Promise<Installation> {
  const { registry, packages, bare = [] } = entry;
  const folder = join(root, toFolder(entry));
  if (registry === 'none') return { folder: root, bin: '' };
  if (registry === 'npm') {
    await installFromNpm(folder, packages);
    return { folder, bin: join(folder, 'node_modules', '.bin') };
  }
  const calls = [[...packages], ...(bare.length > 0 ? [['--no-deps', ...bare]] : [])];
  await preparePython({ folder: root, name: toFolder(entry), packages: calls, proof: 'installed' });
  await writeFile(join(folder, 'installed'), packages.join('\n'));
  return { folder, bin: join(folder, 'bin') };
}

async function installFromNpm(folder: string, packages: readonly string[]): Promise<void> {
  const proof = join(folder, 'installed');
  if (existsSync(proof)) return;
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), JSON.stringify({ private: true }));
  try {
    const words = ['install', '--no-audit', '--no-fund', '--silent', ...packages];
    await runCommand('npm', words, { cwd: folder, timeoutMs: installMs });
  } catch (error) {
    const lines = error instanceof Error ? error.message.split('\n') : [];
    throw new Skipped(`${packages.join(' ')} cannot be installed: ${lines.at(-1)}`);
  }
  await writeFile(proof, packages.join('\n'));
}
