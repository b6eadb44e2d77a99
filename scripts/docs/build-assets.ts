import { createHash } from 'node:crypto';
import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = new URL('../../', import.meta.url);
const pathOf = (path: string): string => fileURLToPath(new URL(path, root));

/** Licences that ask for a notice in the built scripts. */
const notice = '/*! Contains MiniSearch, Copyright 2022 Luca Ongaro, MIT License. */';

export interface Assets {
  /** By path below /docs/. Names contain a hash of the content, so that browsers may keep them. */
  files: Record<string, string>;
  /** The path of each asset by the name without its hash. */
  paths: Map<string, string>;
}

/** Builds the scripts and styles of the pages. `texts` are further assets by name. */
export async function buildAssets(texts: Record<string, string>): Promise<Assets> {
  const { outputFiles, metafile } = await build({
    entryPoints: ['page.ts', 'theme.ts', 'try.ts'].map((name) => pathOf(`scripts/docs/browser/${name}`)),
    tsconfig: pathOf('scripts/docs/browser/tsconfig.json'),
    outdir: pathOf('assets'),
    absWorkingDir: pathOf('.'),
    entryNames: '[name].[hash]',
    chunkNames: '[name].[hash]',
    bundle: true,
    minify: true,
    // Only the first search loads the library that it needs.
    splitting: true,
    format: 'esm',
    target: 'es2022',
    legalComments: 'none',
    banner: { js: notice },
    metafile: true,
    write: false,
  });
  const files: Record<string, string> = {};
  const paths = new Map<string, string>();
  for (const { path, text } of outputFiles) files[`assets/${basename(path)}`] = text;
  for (const [path, { entryPoint }] of Object.entries(metafile.outputs)) {
    if (entryPoint) paths.set(basename(entryPoint).replace('.ts', '.js'), `assets/${basename(path)}`);
  }
  const styles = { 'docs.css': await buildStyle('*.css'), 'try.css': await buildStyle('try/*.css') };
  const icon = await readFile(new URL('scripts/docs/styles/icon.svg', root), 'utf8');
  for (const [name, text] of Object.entries({ ...styles, 'icon.svg': icon, ...texts })) {
    const path = `assets/${name.replace('.', `.${toHash(text)}.`)}`;
    files[path] = text;
    paths.set(name, path);
  }
  return { files, paths };
}

/** Joins style sheets: each file would cost a round trip. */
async function buildStyle(pattern: string): Promise<string> {
  const names = globSync(`scripts/docs/styles/${pattern}`, { cwd: root }).sort();
  const sources = await Promise.all(names.map((name) => readFile(new URL(name, root), 'utf8')));
  const stdin = { contents: sources.join('\n'), loader: 'css' } as const;
  const { outputFiles } = await build({ stdin, minify: true, target: 'es2022', write: false });
  return outputFiles[0]?.text ?? '';
}

function toHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8).toUpperCase();
}
