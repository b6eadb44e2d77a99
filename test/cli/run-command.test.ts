import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

function talaria(...args: string[]): { code: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], { encoding: 'utf8' });
  return { code: status, stdout, stderr };
}

test('lists its commands, each with a line', () => {
  for (const word of ['--help', '-h', 'help']) {
    const { code, stdout, stderr } = talaria(word);
    assert.deepEqual([code, stderr], [0, '']);
    assert.match(stdout, /^ {2}talaria serve +\S/m);
    assert.match(stdout, /^ {2}talaria record +\S/m);
    assert.match(stdout, /^ {2}talaria openapi +\S/m);
  }
});

test('each command has its own help', () => {
  for (const name of ['serve', 'record', 'openapi']) {
    const { code, stdout } = talaria(name, '--help');
    assert.equal(code, 0);
    assert.match(stdout, new RegExp(`^talaria ${name}: `));
  }
});

test('wrong words end with code 2 and one line that names them', () => {
  assert.deepEqual(talaria('dance'), {
    code: 2,
    stdout: '',
    stderr: 'There is no command "dance": see talaria --help.\n',
  });
  const surplus = talaria('openapi', 'now');
  assert.deepEqual([surplus.code, surplus.stderr], [2, 'There is no place for "now" here: see --help.\n']);
  const option = talaria('openapi', '--xml');
  assert.equal(option.code, 2);
  assert.match(option.stderr, /^Unknown option '--xml'[^\n]*\n$/);
});

test('an older Node is told so, whatever the command, before it reads what it could not', () => {
  const { engines } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  const older = `data:text/javascript,Object.defineProperty(process, 'versions', { value: { node: '20.20.2' } })`;
  for (const command of ['serve', 'keys', 'verify', 'record', 'openapi']) {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', older, main, command, '--help'], {
      encoding: 'utf8',
    });
    assert.deepEqual([status, stdout], [1, ''], command);
    assert.equal(stderr, 'Talaria could not start: it needs Node 24 or later, and this is 20.20.2.\n');
  }
  assert.equal(engines.node, '>=24');
});

test('openapi prints the contract', () => {
  const yaml = readFileSync(new URL('../../openapi.yaml', import.meta.url), 'utf8');
  assert.equal(talaria('openapi').stdout, yaml);
  assert.equal(JSON.parse(talaria('openapi', '--json').stdout).openapi, '3.1.0');
});
