import { execFile } from 'node:child_process';
import { cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { readFences } from '../docs/fences.ts';
import { repository, strangersEnvironment } from './packed-package.ts';

const run = promisify(execFile);

/** Returns the examples of docs/testing.md that are written for a test runner. */
export async function readTestExamples(): Promise<{ node: string[]; vitest: string[]; jest: string[] }> {
  const page = await readFile(join(repository, 'docs/testing.md'), 'utf8');
  const programs = readFences(page).flatMap(({ language, text }) => (/^(ts|js)$/.test(language) ? [text] : []));
  const importing = (name: string) => programs.filter((text) => text.includes(`from '${name}'`));
  return { node: importing('node:test'), vitest: importing('vitest'), jest: importing('@jest/globals') };
}

/** Creates a project in a folder below the one that has the package installed, with this repository's SDK. */
export async function createProject(parent: string, name: string): Promise<string> {
  const project = join(parent, name);
  await mkdir(join(project, 'node_modules'), { recursive: true });
  await symlink(join(repository, 'node_modules/openai'), join(project, 'node_modules/openai'));
  await writeFile(join(project, 'package.json'), JSON.stringify({ name, private: true, type: 'module' }));
  return project;
}

/** Runs the tests of a project with Node. Returns their report. Rejects if one fails. */
export async function runNodeTests(project: string): Promise<string> {
  const { stdout } = await run(process.execPath, ['--test', '--test-reporter=tap'], {
    cwd: project,
    env: strangersEnvironment(),
  });
  return stdout;
}

/** Copies the example program into a project. */
export async function copyExample(project: string): Promise<void> {
  for (const folder of ['src', 'test']) {
    await cp(join(repository, 'examples/support-bot-typescript', folder), join(project, folder), { recursive: true });
  }
}
