import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { chmodSync, lstatSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { hashKey } from '../../src/config/hash-key.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import { type ConfigOnDisk, writeConfig } from '../helpers/write-config.ts';

const run = promisify(execFile);
const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs `talaria keys …` in the directory of the file, which it finds by itself unless told otherwise. */
function keys(file: ConfigOnDisk, ...args: string[]): Ended {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, 'keys', ...args], {
    cwd: dirname(file.path),
    env: { PATH: process.env['PATH'] },
    encoding: 'utf8',
  });
  return { code: status, stdout, stderr };
}

const read = (file: ConfigOnDisk) => readFileSync(file.path, 'utf8');
const today = /^\d{4}-\d\d-\d\d$/;

const commented = `# Who answers
agents:
  hermes:
    url: http://127.0.0.1:8700/v1 # the big one
    api_key: \${HERMES_KEY}

tenants:
  acme: { retention_days: 30 }

keys:
  # of the build
  - { name: ci, tenant: acme, hash: "${hashKey('tlr_ci')}" }
# the end
`;

describe('talaria keys create', () => {
  test('prints the key alone, and puts its hash into a new file that only its owner can read', () => {
    using file = writeConfig('');
    const path = join(dirname(file.path), 'new.yaml');
    const { code, stdout, stderr } = keys(file, 'create', 'laptop', '--file', path);
    assert.equal(code, 0);
    assert.match(stdout, /^tlr_[A-Za-z0-9_-]{43}\n$/);
    assert.equal(stderr, `The key "laptop" of tenant default is in ${path}. It is shown this once:\n`);
    assert.equal(statSync(path).mode & 0o777, 0o600);
    const { tenancy } = loadConfig({ TALARIA_CONFIG: path });
    assert.deepEqual(tenancy.keys, [{ name: 'laptop', tenant: 'default', hash: hashKey(stdout.trim()) }]);
    assert.doesNotMatch(readFileSync(path, 'utf8'), /tlr_/);
    assert.deepEqual(readdirSync(dirname(path)).sort(), ['new.yaml', 'talaria.yaml']);
  });

  test('adds to a file, and leaves what is there with its comments and references', () => {
    using file = writeConfig(commented);
    chmodSync(file.path, 0o640);
    const { code, stdout } = keys(file, 'create', 'web', '--tenant', 'acme');
    assert.equal(code, 0);
    const text = read(file);
    for (const words of ['# Who answers', '# the big one', 'HERMES_KEY}', '# of the build', '# the end']) {
      assert.ok(text.includes(words), `${words} is gone: ${text}`);
    }
    assert.equal(statSync(file.path).mode & 0o777, 0o640);
    const { agents, tenancy } = loadConfig({ TALARIA_CONFIG: file.path, HERMES_KEY: 'sk-1' });
    assert.deepEqual([...agents.keys()], ['hermes']);
    assert.deepEqual(
      tenancy.keys?.map(({ name, tenant, hash }) => [name, tenant, hash]),
      [
        ['ci', 'acme', hashKey('tlr_ci')],
        ['web', 'acme', hashKey(stdout.trim())],
      ],
    );
  });

  test('goes through a link to the file', () => {
    using file = writeConfig('');
    const link = join(dirname(file.path), 'link.yaml');
    symlinkSync(file.path, link);
    assert.equal(keys(file, 'create', 'a', '--file', link).code, 0);
    assert.ok(lstatSync(link).isSymbolicLink());
    assert.match(read(file), /name: a/);
  });

  test('with --print leaves the file alone and shows the entry beside the key', () => {
    using file = writeConfig(commented);
    const { code, stdout, stderr } = keys(file, 'create', 'web', '--tenant', 'acme', '--print');
    assert.equal(code, 0);
    assert.equal(read(file), commented);
    using printed = writeConfig(stderr);
    assert.deepEqual(loadConfig({ TALARIA_CONFIG: printed.path }).tenancy.keys, [
      { name: 'web', tenant: 'acme', hash: hashKey(stdout.trim()) },
    ]);
  });

  test('with --print shows a name of digits as a server takes it', () => {
    using file = writeConfig('');
    using printed = writeConfig(keys(file, 'create', '2026', '--print').stderr);
    assert.equal(loadConfig({ TALARIA_CONFIG: printed.path }).tenancy.keys?.[0]?.name, '2026');
  });

  test('makes a different key each time', () => {
    using file = writeConfig('');
    const [one, two] = [keys(file, 'create', 'one').stdout, keys(file, 'create', 'two').stdout];
    assert.notEqual(one, two);
    assert.equal(loadConfig({ TALARIA_CONFIG: file.path }).tenancy.keys?.length, 2);
  });

  test('at the same time as others loses none of the keys', async () => {
    using file = writeConfig(commented);
    const names = ['one', 'two', 'three', 'four', 'five'];
    const made = await Promise.all(
      names.map((name) => run(process.execPath, [main, 'keys', 'create', name, '--file', file.path])),
    );
    const { tenancy } = loadConfig({ TALARIA_CONFIG: file.path, HERMES_KEY: 'sk-1' });
    const kept = new Set(tenancy.keys?.map(({ hash }) => hash));
    assert.deepEqual(kept, new Set([hashKey('tlr_ci'), ...made.map(({ stdout }) => hashKey(stdout.trim()))]));
    assert.deepEqual(readdirSync(dirname(file.path)), ['talaria.yaml']);
  });

  const refusals: [name: string, args: string[], code: number, stderr: RegExp][] = [
    ['a name that is taken', ['create', 'ci'], 1, /^talaria\.yaml: there is a key "ci" already\.\n$/],
    [
      'a tenant that the file has not',
      ['create', 'a', '--tenant', 'acne'],
      1,
      /^talaria\.yaml: there is no tenant "acne" in tenants\.\n$/,
    ],
    ['a name that is none', ['create', 'a b'], 2, /^"a b" is no name: [^\n]*\n$/],
    ['a tenant that is none', ['create', 'a', '--tenant', 'x/y'], 2, /^"x\/y" is no name: [^\n]*\n$/],
    ['no name', ['create'], 2, /^Say the name of the key: [^\n]*\n$/],
    ['no action', [], 2, /^Say what to do: [^\n]*\n$/],
    ['another action', ['rotate', 'ci'], 2, /^Say what to do: [^\n]*\n$/],
    ['an option of another action', ['list', '--tenant', 'acme'], 2, /^--tenant and --print go with create\.\n$/],
    ['a word too many', ['list', 'ci'], 2, /^There is no place for "ci" here: see --help\.\n$/],
    ['a key that is not there', ['revoke', 'web'], 1, /^talaria\.yaml: there is no key "web"\.\n$/],
    [
      'a directory that is not there',
      ['create', 'a', '--file', 'no/such.yaml'],
      1,
      /^no\/such\.yaml: can not be written \(ENOENT\)\.\n$/,
    ],
  ];
  for (const [name, args, code, stderr] of refusals) {
    test(`${name} is refused in one line, and nothing is changed or printed`, () => {
      using file = writeConfig(commented);
      const ended = keys(file, ...args);
      assert.deepEqual([ended.code, ended.stdout], [code, '']);
      assert.match(ended.stderr, stderr);
      assert.equal(read(file), commented);
      assert.deepEqual(readdirSync(dirname(file.path)), ['talaria.yaml']);
    });
  }

  for (const [text, complaint] of [
    ['keys: {}', 'keys: must be a list'],
    ['- a', 'must be a group of settings'],
    ['keys: [a]', 'keys[0]: must be a group of settings'],
    ['keys: [', 'Flow sequence in block collection must be sufficiently indented and end with a ] at line 1, column 8'],
  ] as const) {
    test(`a file that says ${JSON.stringify(text)} is left alone`, () => {
      using file = writeConfig(text);
      const ended = keys(file, 'create', 'a');
      assert.deepEqual(ended, { code: 1, stdout: '', stderr: `talaria.yaml: ${complaint}.\n` });
      assert.equal(read(file), text);
    });
  }
});

describe('talaria keys list', () => {
  test('shows names, tenants, dates, and of a hash only its beginning', () => {
    using file = writeConfig(commented);
    const key = keys(file, 'create', 'a-longer-name').stdout.trim();
    const { code, stdout, stderr } = keys(file, 'list');
    assert.deepEqual([code, stderr], [0, '']);
    const rows = stdout.split('\n').map((line) => line.split(/ {2,}/));
    assert.deepEqual(rows[0], ['NAME', 'TENANT', 'ADDED', 'HASH']);
    assert.deepEqual(rows[1], ['ci', 'acme', hashKey('tlr_ci').slice(0, 15)]);
    assert.match(rows[2]?.[2] ?? '', today);
    assert.deepEqual(rows[2]?.toSpliced(2, 1), ['a-longer-name', 'default', hashKey(key).slice(0, 15)]);
    assert.doesNotMatch(stdout, /[0-9a-f]{9}|tlr_/);
  });

  test('says so when there are none, or no file', () => {
    using file = writeConfig('');
    assert.deepEqual(keys(file, 'list'), { code: 0, stdout: '', stderr: 'There are no keys in talaria.yaml.\n' });
    const missing = { code: 0, stdout: '', stderr: 'There are no keys in other.yaml.\n' };
    assert.deepEqual(keys(file, 'list', '--file', 'other.yaml'), missing);
  });
});

describe('talaria keys revoke', () => {
  test('takes one key out, and leaves the others', () => {
    using file = writeConfig(commented);
    keys(file, 'create', 'web', '--tenant', 'acme');
    const ended = keys(file, 'revoke', 'ci');
    assert.deepEqual(ended, { code: 0, stdout: '', stderr: 'The key "ci" is no longer in talaria.yaml.\n' });
    const { tenancy } = loadConfig({ TALARIA_CONFIG: file.path, HERMES_KEY: 'sk-1' });
    assert.deepEqual(
      tenancy.keys?.map(({ name }) => name),
      ['web'],
    );
  });

  test('of the last key leaves the door shut, not open', () => {
    using file = writeConfig('');
    keys(file, 'create', 'only');
    assert.equal(keys(file, 'revoke', 'only').code, 0);
    assert.equal(read(file), 'keys: []\n');
    assert.deepEqual(loadConfig({ TALARIA_CONFIG: file.path }).tenancy.keys, []);
    assert.equal(keys(file, 'create', 'again').code, 0);
    assert.match(
      read(file),
      /^keys:\n {2}- name: again\n {4}tenant: default\n {4}hash: sha256:[0-9a-f]{64}\n {4}added: /,
    );
  });
});
