import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { mayBreak } from '../../scripts/breaking/judge-version.ts';
import { repository } from '../packaging/packed-package.ts';

test('a minor version may break the contract while the major version is 0, then only a major version', () => {
  for (const [released, current] of [
    ['0.1.0', '0.2.0'],
    ['0.9.3', '1.0.0'],
    ['1.2.0', '2.0.0'],
    ['9.0.0', '10.0.0'],
  ] as const) {
    assert.equal(mayBreak(released, current), true, `${released} to ${current}`);
  }
  for (const [released, current] of [
    ['0.1.0', '0.1.1'],
    ['0.2.0', '0.1.0'],
    ['1.0.0', '1.1.0'],
    ['2.0.0', '1.0.0'],
    ['1.0.0', '1.0.0'],
  ] as const) {
    assert.equal(mayBreak(released, current), false, `${released} to ${current}`);
  }
  assert.throws(() => mayBreak('1.0.0', 'next'), /not a version/);
});

test('the script rejects a broken promise unless the version allows it, and releases only then', async (context) => {
  const directory = await mkdtemp(join(tmpdir(), 'talaria-breaking-'));
  context.after(() => rm(directory, { recursive: true }));
  const contract = join(directory, 'openapi.yaml');
  const released = join(directory, 'released.json');
  await copyFile(join(repository, 'openapi.yaml'), contract);
  const run = (...options: string[]) => runScript(['--contract', contract, '--released', released, ...options]);
  assert.match((await run('--release')).output, /is the released contract now/);
  assert.deepEqual(await run(), { code: 0, output: '' });

  const text = await readFile(contract, 'utf8');
  const broken = text.replace('operationId: createResponse\n', 'operationId: makeResponse\n');
  await writeFile(contract, broken);
  const before = await readFile(released, 'utf8');
  for (const options of [[], ['--release']]) {
    const { code, output } = await run(...options);
    assert.equal(code, 1);
    assert.match(output, /createResponse is named makeResponse now/);
    assert.match(output, /raise info.version/);
  }
  assert.equal(await readFile(released, 'utf8'), before);

  await writeFile(contract, broken.replace(/^ {2}version: .*$/m, '  version: 7.0.0'));
  assert.match((await run()).output, /^ {2}createResponse is named makeResponse now/);
  assert.match((await run('--release')).output, /Version 7\.0\.0 is the released contract now/);
});

function runScript(options: string[]): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, ['scripts/breaking/main.ts', ...options], { cwd: repository }, (error, stdout, stderr) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, output: stdout + stderr }),
    );
  });
}
