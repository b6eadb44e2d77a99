import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import { buildTypescript } from '../../scripts/sdk/build-typescript.ts';
import { readFences } from '../docs/fences.ts';
import { launchChromium } from '../docs/launch-chromium.ts';
import { startTalaria, type TestServer } from '../helpers/talaria.ts';
import { type PackedPackage, packAndInstall, repository, strangersEnvironment } from '../packaging/packed-package.ts';
import { runInBrowser } from './run-in-browser.ts';

const run = promisify(execFile);
const readme = await readFile(join(repository, 'scripts/sdk/typescript/README.md'), 'utf8');
const examples = readFences(readme).filter(({ language }) => language === 'ts');
const address = 'http://127.0.0.1:8642';

describe('the package of the TypeScript client', () => {
  let directory: string;
  let packed: PackedPackage;
  let server: TestServer;
  before(async () => {
    directory = await mkdtemp(join(tmpdir(), 'talaria-client-'));
    await buildTypescript(directory);
    packed = await packAndInstall(directory);
    server = await startTalaria();
    if (!packed.unreachable) await compile();
  });
  after(async () => {
    await server[Symbol.asyncDispose]();
    await packed[Symbol.asyncDispose]();
    await rm(directory, { recursive: true, force: true });
  });

  test('contains modules, their types and the files of a package', async () => {
    const strange = packed.files.filter((file) => !/^dist\/[\w-]+(\.js|\.d\.ts)$/.test(file));
    assert.deepEqual(strange.sort(), ['LICENSE', 'README.md', 'package.json']);
    const contract = JSON.parse(await readFile(join(repository, 'generated/openapi.json'), 'utf8'));
    const { version } = JSON.parse(await readFile(join(directory, 'package.json'), 'utf8'));
    assert.equal(version, contract.info.version);
  });

  test('imports nothing specific to Node', async () => {
    const names = packed.files.filter((file) => file.endsWith('.js'));
    const texts = await Promise.all(names.map((file) => readFile(join(directory, file), 'utf8')));
    const imports = texts.flatMap((text) => [...text.matchAll(/from ['"]([^'"]+)['"]/g)].map(([, name = '']) => name));
    const foreign = new Set(imports.filter((name) => !name.startsWith('./')));
    assert.deepEqual([...foreign].sort(), ['eventsource-parser', 'openapi-fetch']);
    for (const text of texts) assert.doesNotMatch(text, /\b(process|Buffer|require)\b[.(]/);
  });

  test('lets a typed program stream, continue and catch errors', async (context) => {
    if (packed.unreachable) return context.skip(packed.unreachable);
    const { stdout } = await start(process.execPath, 'program.js');
    assert.deepEqual(JSON.parse(stdout), {
      text: 'Hello there.',
      turns: true,
      status: 404,
      code: 'response_not_found',
    });
  });

  test('runs on the oldest Node it supports', async (context) => {
    if (packed.unreachable) return context.skip(packed.unreachable);
    const old = await findNode(20);
    if (!old) return context.skip('there is no Node 20 here');
    const { stdout } = await start(old, 'program.js');
    assert.equal(JSON.parse(stdout).text, 'Hello there.');
  });

  test('runs in a browser, on a page of another origin', async (context) => {
    if (packed.unreachable) return context.skip(packed.unreachable);
    const chromium = await launchChromium();
    if (typeof chromium === 'string') return context.skip(chromium);
    await using launched = chromium;
    const logged = await runInBrowser(launched.browser, packed.project, inBrowser(server.url));
    assert.deepEqual(JSON.parse(logged), {
      text: 'Hello there.',
      aborted: 'enough',
      status: 429,
      wait: '2',
      hasRequestId: true,
    });
  });

  for (const [index, { text }] of examples.entries()) {
    test(`example ${index + 1} of its README runs, and prints the documented output`, async (context) => {
      if (packed.unreachable) return context.skip(packed.unreachable);
      const { stdout } = await start(process.execPath, `example-${index}.js`);
      assert.match(stdout, /\S/);
      const fences = readFences(readme);
      const next = fences[fences.findIndex((fence) => fence.text === text) + 1];
      if (next?.language === 'text') assert.equal(stdout.trim(), next.text.trim());
    });
  }

  /** Compiles all programs at once, strictly and with the package's own declarations, because it takes seconds. */
  async function compile(): Promise<void> {
    const texts: Record<string, string> = { 'program.ts': program, 'wrong.ts': wrong };
    for (const [index, { text }] of examples.entries())
      texts[`example-${index}.ts`] = text.replaceAll(address, server.url);
    for (const [file, text] of Object.entries(texts)) await writeFile(join(packed.project, file), text);
    const settings = { compilerOptions, files: Object.keys(texts) };
    await writeFile(join(packed.project, 'tsconfig.json'), JSON.stringify(settings));
    const compiler = join(repository, 'node_modules/typescript/bin/tsc');
    await run(process.execPath, [compiler, '-p', '.'], { cwd: packed.project }).catch(({ stdout }) => {
      throw new Error(`A program that uses the package does not compile:\n${stdout}`);
    });
  }

  function start(node: string, file: string) {
    const env = { ...strangersEnvironment(), TALARIA_URL: server.url };
    return run(node, [file], { cwd: packed.project, env });
  }
});

const compilerOptions = {
  target: 'es2022',
  lib: ['es2022', 'dom', 'dom.iterable'],
  module: 'nodenext',
  moduleResolution: 'nodenext',
  strict: true,
  exactOptionalPropertyTypes: true,
  types: ['node'],
  typeRoots: [join(repository, 'node_modules/@types')],
};

const program = `
import { createClient, type Schemas, TalariaError } from 'talaria-client';

const client = createClient({ baseUrl: process.env['TALARIA_URL'] ?? '' });
let text = '';
let first: Schemas['ResponseResource'] | undefined;
for await (const event of client.stream('createResponse', { body: { input: '/say Hello there.' } })) {
  if (event.type === 'response.output_text.delta') text += event.delta;
  if (event.type === 'response.completed') first = event.response;
}
if (!first) throw new Error('The response was not completed.');
const second = await client.createResponse({ body: { input: 'And now?', previous_response_id: first.id } });
let refusal: TalariaError | undefined;
try {
  await client.deleteResponse({ path: { response_id: 'resp_unknown' } });
} catch (error) {
  if (error instanceof TalariaError) refusal = error;
}
const turns = JSON.stringify(second.output).includes('Turn 2');
console.log(JSON.stringify({ text, turns, status: refusal?.status, code: refusal?.code }));
`;

const inBrowser = (url: string) => `
import { createClient } from 'talaria-client';

const client = createClient({ baseUrl: '${url}', apiKey: 'any' });
let text = '';
for await (const event of client.stream('createResponse', { body: { input: '/say Hello there.' } })) {
  if (event.type === 'response.output_text.delta') text += event.delta;
}
const controller = new AbortController();
const { signal } = controller;
let aborted;
try {
  for await (const event of client.stream('createResponse', { body: { input: '/tokens 500 delay 20ms' }, signal })) {
    if (event.type === 'response.output_text.delta') controller.abort('enough');
  }
} catch (reason) {
  aborted = reason;
}
const refusal = await client.createResponse({ body: { input: '/status 429 retry-after 2' } }).catch((error) => error);
const { status, headers, requestId } = refusal;
console.log(JSON.stringify({ text, aborted, status, wait: headers.get('retry-after'), hasRequestId: requestId !== undefined }));
`;

/** Compiles only if each of these is an error. */
const wrong = `
import { createClient } from 'talaria-client';

const client = createClient({ baseUrl: '' });
export async function compiledOnly() {
  // @ts-expect-error: a number is not an input
  await client.createResponse({ body: { input: 1 } });
  // @ts-expect-error: the called method determines whether it streams
  await client.createResponse({ body: { input: '', stream: true } });
  // @ts-expect-error: the path is required
  await client.getResponse();
  // @ts-expect-error: there is no such operation
  await client.createTurn({});
  // @ts-expect-error: listing models cannot stream
  client.stream('listModels', {});
  for await (const event of client.stream('createChatCompletion', { body: { messages: [] } })) {
    // @ts-expect-error: an error is thrown, not yielded
    event.error;
  }
  for await (const event of client.stream('createResponse', { body: { input: '' } })) {
    // @ts-expect-error: there is no such event
    if (event.type === 'response.output_text.gone') event;
  }
}
`;

/** Finds a Node of the version on the path. */
async function findNode(major: number): Promise<string | undefined> {
  const { stdout } = await run('which', ['-a', 'node']).catch(() => ({ stdout: '' }));
  for (const path of stdout.split('\n').filter((path) => path !== '')) {
    const version = await run(path, ['--version']);
    if (version.stdout.startsWith(`v${major}.`)) return path;
  }
  return undefined;
}
