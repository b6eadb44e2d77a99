import { spawnSync } from 'node:child_process';
import { copyFile, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const sources = join(root, 'scripts/sdk/typescript');

/** Builds the publishable package in `target`: compiled, with the contract's types and version, and the license. */
export async function buildTypescript(target: string): Promise<void> {
  await rm(target, { recursive: true, force: true });
  await mkdir(target, { recursive: true });
  await compile(join(target, 'dist'));
  await copyFile(join(sources, 'README.md'), join(target, 'README.md'));
  await copyFile(join(root, 'LICENSE'), join(target, 'LICENSE'));
  await writeFile(join(target, 'package.json'), `${JSON.stringify(await toPackage(), null, 2)}\n`);
}

/** Compiles a copy that contains the contract's types. It lies in the repository, where its dependencies resolve. */
async function compile(outDir: string): Promise<void> {
  await mkdir(join(root, 'dist-sdk'), { recursive: true });
  const staging = await mkdtemp(join(root, 'dist-sdk/source-'));
  await cp(sources, staging, { recursive: true });
  await copyFile(join(root, 'generated/openapi.d.ts'), join(staging, 'contract.ts'));
  await writeFile(join(staging, 'tsconfig.json'), JSON.stringify({ compilerOptions: { ...compilerOptions, outDir } }));
  const compiler = join(root, 'node_modules/typescript/bin/tsc');
  const { status, stdout } = spawnSync(process.execPath, [compiler, '-p', staging], { encoding: 'utf8' });
  await rm(staging, { recursive: true });
  if (status !== 0) throw new Error(`The TypeScript client does not compile:\n${stdout}`);
}

/** Node's types are omitted, so that the code also runs in browsers, Deno and Bun. */
const compilerOptions = {
  target: 'es2022',
  lib: ['es2022', 'dom', 'dom.iterable'],
  types: [],
  module: 'nodenext',
  declaration: true,
  rewriteRelativeImportExtensions: true,
  verbatimModuleSyntax: true,
  strict: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  noPropertyAccessFromIndexSignature: true,
  skipLibCheck: true,
};

async function toPackage(): Promise<object> {
  const contract = JSON.parse(await readFile(join(root, 'generated/openapi.json'), 'utf8'));
  const { license, devDependencies } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  return {
    name: 'talaria-client',
    version: contract.info.version,
    description: 'A typed client for Talaria, an OpenAI-compatible HTTP API in front of any agent or model.',
    keywords: ['openai', 'responses-api', 'chat-completions', 'openapi', 'sse', 'client'],
    license,
    type: 'module',
    sideEffects: false,
    exports: { '.': { types: './dist/index.d.ts', default: './dist/index.js' }, './package.json': './package.json' },
    files: ['dist'],
    engines: { node: '>=20.3' },
    // Version 4 of the parser has the same interface, but requires a newer Node than the client.
    dependencies: { 'eventsource-parser': '^3.1.1', 'openapi-fetch': devDependencies['openapi-fetch'] },
  };
}
