import { existsSync } from 'node:fs';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Place } from './program.ts';
import { packageVersion, preparePython } from './python-environment.ts';
import { runCommand } from './run-command.ts';
import { Skipped } from './skipped.ts';

/** Fetching and compiling a client's package takes minutes on a busy machine. */
const installMs = 15 * 60_000;
const goVersion = 'v3.99.0';
/** As in clients/pom.xml. */
const javaVersion = '4.101.0';
const sources = fileURLToPath(new URL('./clients/', import.meta.url));

/** A client that runs the scenarios itself, and prints a line for each. */
export interface ClientProgram {
  name: string;
  title: string;
  /** Installs it. Throws `Skipped` where that is impossible. */
  prepare(place: Place): Promise<{ version: string; command: string; args: string[] }>;
}

export const clients: ClientProgram[] = [
  {
    name: 'openai-python',
    title: '`openai` for Python',
    async prepare({ installed }) {
      const folder = await preparePython({
        folder: installed,
        name: 'openai-python',
        packages: [['openai']],
        proof: 'bin/openai',
      });
      const version = await packageVersion(folder, 'openai');
      return { version, command: join(folder, 'bin', 'python'), args: [join(sources, 'check.py')] };
    },
  },
  {
    name: 'openai-go',
    title: '`openai` for Go',
    async prepare({ installed }) {
      const folder = join(installed, 'openai-go');
      await mkdir(folder, { recursive: true });
      await copyFile(join(sources, 'main.go'), join(folder, 'main.go'));
      const run = (words: string) => runCommand('go', words.split(' '), { cwd: folder, timeoutMs: installMs });
      await run('version').catch(() => {
        throw new Skipped('go is not installed');
      });
      if (!existsSync(join(folder, 'go.sum'))) {
        const requirement = `require github.com/openai/openai-go/v3 ${goVersion}`;
        await writeFile(join(folder, 'go.mod'), `module talaria.test/agents\n\ngo 1.24\n\n${requirement}\n`);
        await run('mod tidy').catch((error: Error) => {
          throw new Skipped(`openai-go cannot be installed: ${error.message.split('\n').at(-1)}`);
        });
      }
      await run('build -o check .');
      return { version: goVersion, command: join(folder, 'check'), args: [] };
    },
  },
  {
    name: 'openai-java',
    title: '`openai` for Java',
    async prepare({ installed }) {
      const folder = join(installed, 'openai-java');
      await mkdir(folder, { recursive: true });
      for (const file of ['pom.xml', 'Check.java']) await copyFile(join(sources, file), join(folder, file));
      const run = (command: string, words: string) =>
        runCommand(command, words.split(' '), { cwd: folder, timeoutMs: installMs });
      await Promise.all([run('javac', '-version'), run('mvn', '--version')]).catch(() => {
        throw new Skipped('javac or mvn is not installed');
      });
      if (!existsSync(join(folder, 'libraries'))) {
        const goal = 'dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory=libraries';
        await run('mvn', `-q -B ${goal}`).catch((error: Error) => {
          throw new Skipped(`openai-java cannot be installed: ${error.message.split('\n').at(-1)}`);
        });
      }
      await run('javac', '-cp libraries/* -d classes Check.java');
      return {
        version: javaVersion,
        command: 'java',
        args: ['-cp', `${folder}/classes:${folder}/libraries/*`, 'Check'],
      };
    },
  },
];
