import { readFile } from 'node:fs/promises';
import { type Command, command } from './generator.ts';

const readEvents = new URL('programs/typescript/read-events.ts', import.meta.url);

/** Programs that the generators of TypeScript clients need. */
export const needs = [command('npm --version')];

/** Settings of the compiler, and how the programs read a stream that their client doesn't. */
export const files = {
  'read-events.ts': await readFile(readEvents, 'utf8'),
  'tsconfig.json': JSON.stringify({
    compilerOptions: {
      strict: true,
      noEmit: true,
      skipLibCheck: true,
      target: 'es2022',
      module: 'esnext',
      moduleResolution: 'bundler',
      lib: ['es2022', 'dom', 'dom.iterable', 'dom.asynciterable'],
    },
    files: ['check.ts'],
  }),
};

/** Installs packages and what compiles and runs the program. */
export function install(...packages: string[]): Command[] {
  const tools = ['typescript@5.9.3', 'esbuild@0.28.2', 'eventsource-parser@4.1.3', '@types/node@24.19.2'];
  return [command(`npm install --prefix . --no-audit --no-fund --loglevel=error ${[...packages, ...tools].join(' ')}`)];
}

/** Checks the types of the client and the program. */
export const compile = [command('node_modules/.bin/tsc -p .')];

/** Bundles the program, because generated imports have no extensions, and runs it. */
export const bundle = command(
  'node_modules/.bin/esbuild check.ts --bundle --platform=node --format=esm --log-level=error --outfile=check.mjs',
);

export const run: Command = { program: process.execPath, arguments: ['check.mjs'] };
