import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = new URL('../../', import.meta.url);
const pathOf = (path: string): string => fileURLToPath(new URL(path, root));
const read = (path: string): Promise<string> => readFile(new URL(path, root), 'utf8');

/** The licence of Preact asks for it. */
const notice = '/*! Contains Preact, Copyright (c) 2015-present Jason Miller, MIT License. */';

/** Builds the files of the console. Each script and style is one file, because each file costs a round trip. */
export async function buildConsole(): Promise<Record<string, string>> {
  const { outputFiles } = await build({
    entryPoints: { app: pathOf('scripts/console/browser/start.tsx'), theme: pathOf('scripts/docs/browser/theme.ts') },
    tsconfig: pathOf('scripts/console/browser/tsconfig.json'),
    outdir: pathOf('generated/console'),
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2022',
    legalComments: 'none',
    banner: { js: notice },
    write: false,
  });
  const scripts = outputFiles.map(({ path, text }): [string, string] => [path.replace(/^.*[\\/]/, ''), text]);
  return {
    'index.html': await read('scripts/console/index.html'),
    'console.css': await buildStyle(),
    ...Object.fromEntries(scripts),
  };
}

async function buildStyle(): Promise<string> {
  const own = globSync('scripts/console/styles/*.css', { cwd: root }).sort();
  const sources = await Promise.all(
    ['scripts/docs/styles/colours.css', 'scripts/docs/styles/frame.css', ...own].map(read),
  );
  const { outputFiles } = await build({
    stdin: { contents: sources.join('\n'), loader: 'css' },
    minify: true,
    target: 'es2022',
    write: false,
  });
  return outputFiles[0]?.text ?? '';
}
