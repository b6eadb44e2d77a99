import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import { installPackedPackage, type PackedPackage, repository, strangersEnvironment } from './packed-package.ts';

const run = promisify(execFile);

describe('the published package', () => {
  let packed: PackedPackage;
  before(async () => {
    packed = await installPackedPackage();
  });
  after(() => packed[Symbol.asyncDispose]());

  test('contains only what a user needs', () => {
    const code = String.raw`dist/.+\.(js|d\.ts|sql)|generated/docs/.+\.(html|js|css)|generated/console/\w+\.(html|js|css)|generated/docs/assets/search-index\.json`;
    const allowed = new RegExp(
      `^(${code}|generated/openapi\\.(json|yaml|d\\.ts)|docs/([\\w-]+/)?[\\w-]+\\.md|docs/grafana/talaria\\.json|deploy/(kubernetes\\.yaml|talaria\\.service))$`,
    );
    const standard = ['package.json', 'README.md', 'LICENSE', 'CHANGELOG.md', 'SECURITY.md', 'sbom.cdx.json'];
    const strange = packed.files.filter((file) => !allowed.test(file) && !standard.includes(file));
    assert.deepEqual(strange, []);
    for (const needed of [
      ...standard,
      'generated/openapi.yaml',
      'generated/openapi.json',
      'generated/console/index.html',
      'dist/main.js',
      'dist/index.d.ts',
    ]) {
      assert.ok(packed.files.includes(needed), `${needed} is missing`);
    }
  });

  test('lists its runtime dependencies in a bill of materials', async () => {
    const { dependencies } = JSON.parse(await readFile(join(repository, 'package.json'), 'utf8'));
    const sbom = JSON.parse(await readFile(join(repository, 'sbom.cdx.json'), 'utf8'));
    assert.deepEqual([sbom.bomFormat, sbom.metadata.component.name], ['CycloneDX', 'talaria']);
    const names: string[] = sbom.components.map(({ name }: { name: string }) => name);
    const missing = Object.keys(dependencies).filter((name) => !names.includes(name));
    assert.deepEqual([missing, names.includes('typescript')], [[], false]);
    assert.ok(names.includes('preact'), 'the console contains it');
    // Builds of one commit are equal.
    assert.deepEqual([sbom.serialNumber, sbom.metadata.timestamp], [undefined, undefined]);
  });

  test('contains every linked page', async () => {
    const broken: string[] = [];
    for (const page of packed.files.filter((file) => file.endsWith('.md'))) {
      const text = await readFile(join(repository, page), 'utf8');
      for (const [, link = ''] of text.matchAll(/\]\((?!https?:|#|\/)([^)#\s]+)/g)) {
        const file = join(dirname(page), link);
        // Documentation about the code and pictures are not packed.
        const isPacked = packed.files.includes(file) || /^(src|scripts|docs\/images)\//.test(file);
        if (!isPacked) broken.push(`${page}: ${link}`);
      }
    }
    assert.deepEqual(broken, []);
  });

  for (const backend of ['sqlite', 'postgres']) {
    test(`holds the SQL of the ${backend} store`, async (context) => {
      if (packed.unreachable) return context.skip(packed.unreachable);
      const path = `store/${backend}/migrations/migrate`;
      const source = await import(`../../src/${path}.ts`);
      const installed = await import(join(packed.project, `node_modules/talaria/dist/${path}.js`));
      assert.ok(source.migrations.length > 0);
      assert.deepEqual(installed.migrations, source.migrations);
    });
  }

  test('has an executable that any shell can start', async () => {
    const main = join(repository, 'dist/main.js');
    assert.equal((await readFile(main, 'utf8')).split('\n', 1)[0], '#!/usr/bin/env node');
    assert.equal((await stat(main)).mode & 0o111, 0o111);
  });

  test('serves after `npx talaria` in an empty project, and stops on SIGTERM', async (context) => {
    if (packed.unreachable) return context.skip(packed.unreachable);
    const env = { ...strangersEnvironment(), API_SERVER_PORT: '0', LOG_LEVEL: 'error' };
    // A separate process group, so that the signal reaches the server behind npx like Ctrl+C.
    const stdio = ['ignore', 'pipe', 'inherit'] as const;
    const child = spawn('npx', ['talaria'], { cwd: packed.project, env, stdio: [...stdio], detached: true });
    context.after(() => {
      if (child.exitCode === null && child.signalCode === null && child.pid) process.kill(-child.pid, 'SIGKILL');
    });
    const exit = once(child, 'exit');
    const [line] = await Promise.race([once(createInterface(child.stdout), 'line'), exit]);
    const url = /http:\/\/[\d.:]+/.exec(String(line))?.[0];
    assert.ok(url, `said "${line}" instead of where it listens`);
    for (const path of ['/health', '/openapi.yaml', '/docs/', '/docs/assets/start.js', '/docs/guide/streaming'])
      assert.equal((await fetch(url + path)).status, 200, path);
    const store = await stat(join(packed.project, 'talaria.db'));
    assert.ok(store.isFile(), 'the default store is a file where the server was started');
    if (child.pid) process.kill(-child.pid, 'SIGINT');
    const [code, signal] = await exit;
    assert.ok(code === 0 || signal === 'SIGINT', `ended with ${code ?? signal}`);
  });

  test('can be started from a program, with types', async (context) => {
    if (packed.unreachable) return context.skip(packed.unreachable);
    await writeFile(join(packed.project, 'program.ts'), program);
    await writeFile(join(packed.project, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['program.ts'] }));
    const compiler = join(repository, 'node_modules/typescript/bin/tsc');
    await run(process.execPath, [compiler, '-p', '.'], { cwd: packed.project });
    const { stdout } = await run(process.execPath, ['program.js'], {
      cwd: packed.project,
      env: strangersEnvironment(),
    });
    assert.deepEqual(JSON.parse(stdout), { health: 200, contract: '3.1.0', refused: 'ConfigError' });
  });
});

/** Strict, and without skipLibCheck: the package's own declarations are compiled too. */
const compilerOptions = {
  target: 'esnext',
  lib: ['esnext'],
  module: 'nodenext',
  moduleResolution: 'nodenext',
  strict: true,
  exactOptionalPropertyTypes: true,
  types: ['node'],
  typeRoots: [join(repository, 'node_modules/@types')],
};

const program = `
import { ConfigError, createLog, readEnvironment, type Server, startServer, toConfig } from 'talaria';
import contract from 'talaria/openapi.json' with { type: 'json' };

const config = toConfig({ ...readEnvironment(), port: '0', storeUrl: 'memory:', logLevel: 'silent' });
await using server: Server = await startServer(config, createLog(config.logLevel));
const { status } = await fetch(server.url + '/health');
let refused = '';
try {
  toConfig({ ...readEnvironment(), port: 'none' });
} catch (error) {
  if (error instanceof ConfigError) refused = error.name;
}
console.log(JSON.stringify({ health: status, contract: contract.openapi, refused }));
`;
