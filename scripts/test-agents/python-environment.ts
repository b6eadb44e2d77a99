import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from './run-command.ts';
import { Skipped } from './skipped.ts';

/** Installing torch or compiling llama.cpp takes minutes. */
const installMs = 30 * 60_000;

export interface PythonOptions {
  /** The folder of all environments. */
  folder: string;
  name: string;
  /** The arguments of each call of `pip install`. */
  packages: string[][];
  /** A file of the environment that the last package installs. An environment with it is used again. */
  proof: string;
}

/** Creates a virtual environment with packages, or uses an existing one. Throws `Skipped` where that is impossible. */
export async function preparePython({ folder, name, packages, proof }: PythonOptions): Promise<string> {
  const environment = join(folder, name);
  if (existsSync(join(environment, proof))) return environment;
  await runCommand('python3', ['--version'], { timeoutMs: 10_000 }).catch(() => {
    throw new Skipped('python3 is not installed');
  });
  try {
    await runCommand('python3', ['-m', 'venv', environment], { timeoutMs: installMs });
    const pip = join(environment, 'bin', 'pip');
    for (const words of packages) {
      await runCommand(pip, ['install', '--quiet', '--disable-pip-version-check', ...words], { timeoutMs: installMs });
    }
  } catch (error) {
    const lines = error instanceof Error ? error.message.split('\n') : [];
    throw new Skipped(`${packages.flat().join(' ')} cannot be installed: ${lines.at(-1)}`);
  }
  return environment;
}

/** Returns the version of an installed package. */
export async function packageVersion(environment: string, name: string): Promise<string> {
  const script = `import importlib.metadata as m; print(m.version('${name}'))`;
  const output = await runCommand(join(environment, 'bin', 'python'), ['-c', script], { timeoutMs: 60_000 });
  return output.trim();
}
