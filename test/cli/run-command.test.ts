import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
const yaml = readFileSync(new URL('../../generated/openapi.yaml', import.meta.url), 'utf8');

function talaria(...args: string[]): { code: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], { encoding: 'utf8' });
  return { code: status, stdout, stderr };
}

test('lists its commands, one per line', () => {
  for (const word of ['--help', '-h', 'help']) {
    const { code, stdout, stderr } = talaria(word);
    assert.deepEqual([code, stderr], [0, '']);
    assert.match(stdout, /^ {2}serve +\S/m);
    assert.match(stdout, /^ {2}doctor +\S/m);
    assert.match(stdout, /^ {2}record +\S/m);
    assert.match(stdout, /^ {2}openapi +\S/m);
  }
});

test('each command has its own help', () => {
  for (const name of ['serve', 'doctor', 'backup', 'record', 'openapi']) {
    const { code, stdout } = talaria(name, '--help');
    assert.equal(code, 0);
    assert.match(stdout, new RegExp(`^Usage: talaria ${name} `));
  }
});

test('an invalid word exits with code 2 and one line that names it', () => {
  assert.deepEqual(talaria('dance'), {
    code: 2,
    stdout: '',
    stderr: 'Unknown command "dance". See talaria --help.\n',
  });
  const surplus = talaria('openapi', 'now');
  assert.deepEqual([surplus.code, surplus.stderr], [2, 'Unexpected argument "now". See --help.\n']);
  const option = talaria('openapi', '--xml');
  assert.equal(option.code, 2);
  assert.match(option.stderr, /^Unknown option '--xml'[^\n]*\n$/);
});

test('every command refuses an older Node before it imports unsupported syntax', () => {
  const { engines } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  const older = `data:text/javascript,Object.defineProperty(process, 'versions', { value: { node: '20.20.2' } })`;
  for (const command of ['serve', 'doctor', 'keys', 'verify', 'backup', 'record', 'openapi']) {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', older, main, command, '--help'], {
      encoding: 'utf8',
    });
    assert.deepEqual([status, stdout], [1, ''], command);
    const failed = command === 'serve' ? 'Talaria could not start' : `talaria ${command}`;
    assert.equal(stderr, `${failed}: requires Node 24 or later; this is 20.20.2.\n`);
  }
  assert.equal(engines.node, '>=24');
});

test('openapi prints the contract', () => {
  assert.equal(talaria('openapi').stdout, yaml);
  assert.equal(JSON.parse(talaria('openapi', '--json').stdout).openapi, '3.1.0');
});

test('prints its version, and the help of a command also for help COMMAND', () => {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  for (const word of ['--version', '-v'])
    assert.deepEqual(talaria(word), { code: 0, stdout: `${version}\n`, stderr: '' });
  assert.equal(talaria('help', 'openapi').stdout, talaria('openapi', '--help').stdout);
});

test('options without a command are those of serve', () => {
  const { code, stderr } = talaria('--loud');
  assert.deepEqual([code, stderr], [2, "Unknown option '--loud'\n"]);
});

test('an option without its value is refused in one line, with the remedy', () => {
  const { code, stderr } = talaria('verify', 'http://a', '--key', '-x');
  assert.equal(code, 2);
  assert.match(stderr, /^Option '--key' argument is ambiguous\. [^\n]*'--key=-XYZ'\.\n$/);
});

const shell = (script: string) =>
  spawnSync('sh', ['-c', script], { encoding: 'utf8', env: { ...process.env, NODE: process.execPath, MAIN: main } });

test('a reader that closes the pipe early is not an error', () => {
  const { stdout, stderr } = shell('{ "$NODE" "$MAIN" openapi; echo "code $?" >&2; } | head -1');
  assert.deepEqual([stdout, stderr], [yaml.slice(0, yaml.indexOf('\n') + 1), 'code 0\n']);
});

test('output that cannot be written is an error of one line', (t) => {
  if (!existsSync('/dev/full')) return t.skip('/dev/full does not exist');
  const { status, stderr } = shell('"$NODE" "$MAIN" openapi > /dev/full');
  assert.equal(status, 1);
  assert.match(stderr, /^Failed to write output: [^\n]+\n$/);
});
