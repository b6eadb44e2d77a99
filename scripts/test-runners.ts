import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { installPackedPackage, strangersEnvironment } from '../test/packaging/packed-package.ts';
import { readTestExamples } from '../test/packaging/test-programs.ts';

/**
 * `npm run test:runners`: packs the server, installs it with Vitest and Jest from the registry, and runs the examples
 * of docs/testing.md with each: Jest in a project of ES modules, and in one that Babel compiles to CommonJS.
 */
const run = promisify(execFile);
const packages = ['openai', 'vitest@4', 'jest@30', 'babel-jest@30', '@babel/core@7', '@babel/preset-env@7'];
const babel = `module.exports = { presets: [['@babel/preset-env', { targets: { node: 'current' } }]] };\n`;

await using packed = await installPackedPackage();
if (packed.unreachable) throw new Error(packed.unreachable);
const { vitest, jest } = await readTestExamples();
if (vitest.length === 0 || jest.length === 0) throw new Error('docs/testing.md has no example for Vitest or Jest.');
await run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', ...packages], {
  cwd: packed.project,
  env: strangersEnvironment(),
});
const options = { NODE_OPTIONS: '--experimental-vm-modules' };
const results = [
  await runIn('vitest', vitest, { extension: 'ts', command: ['vitest', 'run', '--root', '.'] }),
  await runIn('jest-modules', jest, { extension: 'js', command: ['jest'], env: options }),
  await runIn('jest-commonjs', jest, { extension: 'js', command: ['jest'], env: options, type: 'commonjs' }),
];
process.exitCode = results.every(Boolean) ? 0 : 1;

interface Runner {
  extension: string;
  command: [program: string, ...rest: string[]];
  env?: Record<string, string>;
  type?: 'commonjs';
}

/** Runs the examples in a folder of the project. Returns whether they pass. */
async function runIn(name: string, examples: string[], { extension, command, env, type }: Runner): Promise<boolean> {
  const folder = join(packed.project, name);
  await mkdir(folder);
  await writeFile(join(folder, 'package.json'), JSON.stringify({ name, private: true, type: type ?? 'module' }));
  if (type === 'commonjs') await writeFile(join(folder, 'babel.config.js'), babel);
  for (const [index, text] of examples.entries()) {
    await writeFile(join(folder, `example-${index}.test.${extension}`), text);
  }
  console.log(`\n== ${name}`);
  const [program, ...rest] = command;
  const child = spawn(join(packed.project, 'node_modules/.bin', program), rest, {
    cwd: folder,
    env: { ...strangersEnvironment(), ...env },
    stdio: 'inherit',
  });
  const [code] = await once(child, 'exit');
  return code === 0;
}
