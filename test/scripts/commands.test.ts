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

test('npm test runs only the files in its arguments, lists skipped tests with reasons, and notes that coverage was not checked', async (context) => {
  const file = await writeSuite(
    context,
    "test('works', () => {}); test('waits', { skip: 'for better days' }, () => {});",
  );
  const { code, output } = await runScript('test.ts', [file]);
  assert.equal(code, 0, output);
  assert.match(output, /^ℹ pass 1$/m);
  assert.match(output, /^ℹ skipped 1$/m);
  assert.match(output, /^ {2}waits: for better days$/m);
  assert.match(output, /the coverage of the contract was not checked/);
});

test('npm test fails when a test fails', async (context) => {
  const file = await writeSuite(context, "test('breaks', () => { throw new Error('on purpose'); });");
  const { code, output } = await runScript('test.ts', [file]);
  assert.equal(code, 1);
  assert.match(output, /^ℹ fail 1$/m);
  assert.match(output, /on purpose/);
});

test('the gate retries a failed file, and reports it if it then passes', async (context) => {
  const file = await writeSuite(
    context,
    `import { existsSync, writeFileSync } from 'node:fs';
    const mark = import.meta.filename + '.ran';
    test('wavers', () => { if (!existsSync(mark)) { writeFileSync(mark, ''); throw new Error('at first'); } });`,
  );
  const { code, output } = await runScript('test.ts', ['--second-run', file]);
  assert.equal(code, 0, output);
  assert.match(output, /at first/);
  assert.ok(output.endsWith(`UNSTEADY, failed above and passed alone:\n  ${file}\n`), output);
});

test('the gate fails if the retry fails, and does not retry many failures', async (context) => {
  const suite = () => writeSuite(context, "test('breaks', () => { throw new Error('on purpose'); });");
  const files = await Promise.all([1, 2, 3, 4].map(suite));
  for (const given of [files.slice(0, 1), files]) {
    const { code, output } = await runScript('test.ts', ['--second-run', ...given]);
    assert.equal(code, 1, output);
    assert.equal(output.includes('Retrying'), given.length === 1);
    assert.doesNotMatch(output, /UNSTEADY/);
  }
});

test('npm run check summarizes the selected steps', async () => {
  const { code, output } = await runScript('check.ts', ['contract']);
  assert.equal(code, 0, output);
  assert.match(output, /Summary\n {2}passed {2}contract +\d+\.\d s\n$/);
});

test('npm run check refuses unknown steps', async () => {
  const { code, output } = await runScript('check.ts', ['luck']);
  assert.equal(code, 1);
  assert.match(
    output,
    /Unknown step luck\. Expected one of: types, code, generated, format, contract, breaking, drift, unused, audit, pages, console, samples, bench, tests\./,
  );
});
