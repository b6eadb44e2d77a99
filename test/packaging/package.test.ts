import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync } from 'node:fs';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import { installPackedPackage, type PackedPackage, repository, strangersEnvironment } from './packed-package.ts';
import { copyExample, createProject, readTestExamples, runNodeTests } from './test-programs.ts';

const run = promisify(execFile);

describe('the published package', () => {
  let packed: PackedPackage;
  before(async () => {
    packed = await installPackedPackage();
  });
  after(() => packed[Symbol.asyncDispose]());

  test('contains only what a user needs', () => {
    const code = String.raw`dist/.+\.(js|d\.ts|sql)|dist/http/pages/swagger-ui/[\w.-]+|generated/docs/([\w-]+/)?[\w-]+\.html|generated/docs/assets/[\w-]+\.\w{8}\.(js|css|svg|json)|generated/docs/build-id\.txt|generated/console/\w+\.(html|js|css)`;
    const allowed = new RegExp(
      `^(${code}|generated/(obligations|operations|rules\\.schema)\\.json|generated/openapi\\.(json|yaml|d\\.ts)|docs/([\\w-]+/)?[\\w-]+\\.md|docs/grafana/talaria\\.json|deploy/(kubernetes\\.yaml|talaria\\.service))$`,
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
    for (const name of ['preact', 'minisearch', 'swagger-ui-dist', 'swagger-ui-express'])
      assert.ok(names.includes(name), `the pages contain ${name}`);
    // Builds of one commit are equal.
    assert.deepEqual([sbom.serialNumber, sbom.metadata.timestamp], [undefined, undefined]);
  });

  test('contains every linked page', async () => {
    const broken: string[] = [];
    for (const page of packed.files.filter((file) => file.endsWith('.md'))) {
      const text = await readFile(join(repository, page), 'utf8');
      for (const [, link = ''] of text.matchAll(/\]\((?!https?:|#|\/)([^)#\s]+)/g)) {
        const file = join(dirname(page), link);
        // Documentation about the code and pictures are not packed, and of the contract the complete form.
        const isPacked = packed.files.includes(file) || /^((src|scripts|docs\/images)\/|openapi\.yaml$)/.test(file);
        if (!isPacked) broken.push(`${page}: ${link}`);
      }
    }
    assert.deepEqual(broken, []);
  });

  for (const backend of ['sqlite', 'postgres']) {
    test(`holds the SQL of the ${backend} store`, async () => {
      const folder = `store/${backend}/migrations`;
      const files = globSync('*.sql', { cwd: join(repository, 'src', folder) });
      assert.ok(files.length > 0);
      for (const file of files) {
        assert.ok(packed.files.includes(`dist/${folder}/${file}`), `${file} is missing`);
        const read = (root: string) => readFile(join(repository, root, folder, file), 'utf8');
        assert.equal(await read('dist'), await read('src'));
      }
    });
  }

  test('has an executable that any shell can start', async () => {
    const main = join(repository, 'dist/main.js');
    assert.equal((await readFile(main, 'utf8')).split('\n', 1)[0], '#!/usr/bin/env node');
    assert.equal((await stat(main)).mode & 0o111, 0o111);
  });

  test('installs no package with an install script', async (context) => {
    if (packed.unreachable) return context.skip(packed.unreachable);
    assert.deepEqual(await listInstallScripts(packed.project), []);
    const here = await listInstallScripts(repository);
    assert.ok(here.includes('node_modules/@scarf/scarf'), 'Swagger UI brings one, which reports each installation');
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
    for (const path of [
      '/health',
      '/openapi.yaml',
      '/docs/',
      '/docs/api/createResponse',
      '/docs/try',
      '/docs/swagger-ui/swagger-ui-bundle.js',
    ])
      assert.equal((await fetch(url + path)).status, 200, path);
    const store = await stat(join(packed.project, 'talaria.db'));
    assert.ok(store.isFile(), 'the default store is a file where the server was started');
    if (child.pid) process.kill(-child.pid, 'SIGINT');
    const [code, signal] = await exit;
    assert.ok(code === 0 || signal === 'SIGINT', `ended with ${code ?? signal}`);
  });

  test('tests a program: the examples of docs/testing.md, with types', async (context) => {
    if (packed.unreachable) return context.skip(packed.unreachable);
    const project = await createProject(packed.project, 'documented');
    const { node } = await readTestExamples();
    assert.ok(node.length >= 2);
    for (const [index, text] of node.entries()) await writeFile(join(project, `example-${index}.test.ts`), text);
    await checkTypes(project, ['*.test.ts']);
    assert.match(await runNodeTests(project), /^# fail 0$/m);
  });

  test('tests a program: the suite of examples/support-bot-typescript, with types', async (context) => {
    if (packed.unreachable) return context.skip(packed.unreachable);
    const project = await createProject(packed.project, 'support-bot');
    await copyExample(project);
    await checkTypes(project, ['src', 'test']);
    const report = await runNodeTests(project);
    assert.match(report, /^# tests 7$/m);
    assert.match(report, /^# fail 0$/m);
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
    assert.deepEqual(JSON.parse(stdout), { rules: 1, health: 200, contract: '3.1.0', refused: 'ConfigError' });
  });
});

async function checkTypes(project: string, include: string[]): Promise<void> {
  // The SDK's declarations are not ours.
  const options = { ...compilerOptions, skipLibCheck: true, noEmit: true, allowImportingTsExtensions: true };
  await writeFile(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions: options, include }));
  const compiler = join(repository, 'node_modules/typescript/bin/tsc');
  await run(process.execPath, [compiler, '-p', '.'], { cwd: project });
}

/** Lists the installed packages that npm runs a script of when it installs them. */
async function listInstallScripts(project: string): Promise<string[]> {
  const tree = JSON.parse(await readFile(join(project, 'node_modules/.package-lock.json'), 'utf8'));
  const installed = Object.entries<{ hasInstallScript?: true }>(tree.packages);
  assert.ok(installed.length > 50, `${installed.length} packages are installed`);
  return installed.flatMap(([path, { hasInstallScript }]) => (hasInstallScript ? [path] : []));
}

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

import { startTalaria, type TalariaServer } from 'talaria/testing';
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
await using talaria: TalariaServer = await startTalaria({ rules: [{ reply: { text: 'Hi.' } }] });
const { rules } = await talaria.rules.list();
console.log(JSON.stringify({ rules: rules.length, health: status, contract: contract.openapi, refused }));
`;
