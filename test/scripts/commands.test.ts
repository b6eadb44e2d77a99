import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { repository, strangersEnvironment } from '../packaging/packed-package.ts';

interface Ended {
  code: number;
  output: string;
}

async function runScript(script: string, given: string[]): Promise<Ended> {
  const child = spawn(process.execPath, [`scripts/${script}`, ...given], {
    cwd: repository,
    env: strangersEnvironment(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output += chunk;
    });
  }
  const [code] = await once(child, 'close');
  return { code, output };
}

async function writeSuite(context: TestContext, body: string): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'talaria-suite-'));
  context.after(() => rm(directory, { recursive: true }));
  const file = join(directory, 'some.test.mjs');
  await writeFile(file, `import { test } from 'node:test';\n${body}\n`);
  return file;
}

test('npm test runs the given files, names what was skipped and why, and says that coverage was not checked', async (context) => {
  const file = await writeSuite(
    context,
    "test('works', () => {}); test('waits', { skip: 'for better days' }, () => {});",
  );
  const { code, output } = await runScript('test.ts', [file]);
  assert.equal(code, 0, output);
  assert.match(output, /^ℹ pass 1$/m);
  assert.match(output, /^ℹ skipped 1$/m);
  assert.match(output, /^ {2}waits: for better days$/m);
  assert.match(output, /whether the contract was covered was not checked/);
});

test('npm test fails when a test fails', async (context) => {
  const file = await writeSuite(context, "test('breaks', () => { throw new Error('on purpose'); });");
  const { code, output } = await runScript('test.ts', [file]);
  assert.equal(code, 1);
  assert.match(output, /^ℹ fail 1$/m);
  assert.match(output, /on purpose/);
});

test('npm run check sums up the steps it was asked for', async () => {
  const { code, output } = await runScript('check.ts', ['contract']);
  assert.equal(code, 0, output);
  assert.match(output, /Summary\n {2}passed {2}contract +\d+\.\d s\n$/);
});

test('npm run check knows no other steps than its own', async () => {
  const { code, output } = await runScript('check.ts', ['luck']);
  assert.equal(code, 1);
  assert.match(
    output,
    /There is no step luck: the steps are generated, format, code, contract, breaking, unused, types, pages, tests\./,
  );
});
