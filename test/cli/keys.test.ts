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

/** Runs `talaria keys …` in the directory of the file, which is the default file there. */
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
  test('prints only the key, and stores its hash in a new file that only its owner can read', () => {
    using file = writeConfig('');
    const path = join(dirname(file.path), 'new.yaml');
    const { code, stdout, stderr } = keys(file, 'create', 'laptop', '--file', path);
    assert.equal(code, 0);
    assert.match(stdout, /^tlr_[A-Za-z0-9_-]{43}\n$/);
    assert.equal(stderr, `Added key "laptop" of tenant default to ${path}. Copy it now; it will not be shown again:\n`);
    assert.equal(statSync(path).mode & 0o777, 0o600);
    const { tenancy } = loadConfig({ TALARIA_CONFIG: path });
    assert.deepEqual(tenancy.keys, [{ name: 'laptop', tenant: 'default', hash: hashKey(stdout.trim()) }]);
    assert.doesNotMatch(readFileSync(path, 'utf8'), /tlr_/);
    assert.deepEqual(readdirSync(dirname(path)).sort(), ['new.yaml', 'talaria.yaml']);
  });

  test('adds to a file, and keeps its content, comments and references', () => {
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

  test('follows a symbolic link to the file', () => {
    using file = writeConfig('');
    const link = join(dirname(file.path), 'link.yaml');
    symlinkSync(file.path, link);
    assert.equal(keys(file, 'create', 'a', '--file', link).code, 0);
    assert.ok(lstatSync(link).isSymbolicLink());
    assert.match(read(file), /name: a/);
  });

  test('with --print leaves the file unchanged and prints the entry beside the key', () => {
    using file = writeConfig(commented);
    const { code, stdout, stderr } = keys(file, 'create', 'web', '--tenant', 'acme', '--print');
    assert.equal(code, 0);
    assert.equal(read(file), commented);
    using printed = writeConfig(stderr);
    assert.deepEqual(loadConfig({ TALARIA_CONFIG: printed.path }).tenancy.keys, [
      { name: 'web', tenant: 'acme', hash: hashKey(stdout.trim()) },
    ]);
  });

  test('with --print quotes a name of digits', () => {
    using file = writeConfig('');
    using printed = writeConfig(keys(file, 'create', '2026', '--print').stderr);
    assert.equal(loadConfig({ TALARIA_CONFIG: printed.path }).tenancy.keys?.[0]?.name, '2026');
  });

  test('creates a different key each time', () => {
    using file = writeConfig('');
    const [one, two] = [keys(file, 'create', 'one').stdout, keys(file, 'create', 'two').stdout];
    assert.notEqual(one, two);
    assert.equal(loadConfig({ TALARIA_CONFIG: file.path }).tenancy.keys?.length, 2);
  });

  test('loses no key when several processes create keys concurrently', async () => {
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
    ['an existing name', ['create', 'ci'], 1, /^talaria\.yaml: the key "ci" already exists\.\n$/],
    [
      'a tenant that the file does not define',
      ['create', 'a', '--tenant', 'acne'],
      1,
      /^talaria\.yaml: tenants does not define "acne"\.\n$/,
    ],
    ['an invalid name', ['create', 'a b'], 2, /^Invalid name "a b": [^\n]*\n$/],
    ['an invalid tenant', ['create', 'a', '--tenant', 'x/y'], 2, /^Invalid name "x\/y": [^\n]*\n$/],
    ['a missing name', ['create'], 2, /^Missing NAME of the key\. [^\n]*\n$/],
    ['a missing command', [], 2, /^Missing command: expected create, list or revoke\.\n$/],
    ['an unknown command', ['rotate', 'ci'], 2, /^Unknown command "rotate": expected create, list or revoke\.\n$/],
    [
      'an option of another command',
      ['list', '--tenant', 'acme'],
      2,
      /^--tenant, --operator and --print are options of create only\.\n$/,
    ],
    ['a surplus argument', ['list', 'ci'], 2, /^Unexpected argument "ci"\. See --help\.\n$/],
    ['an unknown key', ['revoke', 'web'], 1, /^talaria\.yaml: unknown key "web"\.\n$/],
    [
      'a missing directory',
      ['create', 'a', '--file', 'no/such.yaml'],
      1,
      /^no\/such\.yaml: cannot write the file \(ENOENT\)\.\n$/,
    ],
  ];
  for (const [name, args, code, stderr] of refusals) {
    test(`refuses ${name} in one line, without changing or printing anything`, () => {
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
    ['- a', 'must be a mapping'],
    ['keys: [a]', 'keys[0]: must be a mapping'],
    ['keys: [', 'Flow sequence in block collection must be sufficiently indented and end with a ] at line 1, column 8'],
  ] as const) {
    test(`leaves the invalid file ${JSON.stringify(text)} unchanged`, () => {
      using file = writeConfig(text);
      const ended = keys(file, 'create', 'a');
      assert.deepEqual(ended, { code: 1, stdout: '', stderr: `talaria.yaml: ${complaint}.\n` });
      assert.equal(read(file), text);
    });
  }
});

describe('talaria keys list', () => {
  test('prints names, tenants, dates and the first digits of hashes', () => {
    using file = writeConfig(commented);
    const key = keys(file, 'create', 'a-longer-name').stdout.trim();
    const { code, stdout, stderr } = keys(file, 'list');
    assert.deepEqual([code, stderr], [0, '']);
    const rows = stdout.split('\n').map((line) => line.split(/ {2,}/));
    assert.deepEqual(rows[0], ['NAME', 'TENANT', 'ROLE', 'ADDED', 'HASH']);
    assert.deepEqual(rows[1], ['ci', 'acme', hashKey('tlr_ci').slice(0, 15)]);
    assert.match(rows[2]?.[2] ?? '', today);
    assert.deepEqual(rows[2]?.toSpliced(2, 1), ['a-longer-name', 'default', hashKey(key).slice(0, 15)]);
    assert.doesNotMatch(stdout, /[0-9a-f]{9}|tlr_/);
  });

  test('prints operators: those of the whole server have no tenant', () => {
    using file = writeConfig('tenants: { acme: {} }\n');
    const desk = keys(file, 'create', 'desk', '--operator', '--tenant', 'acme');
    const ops = keys(file, 'create', 'ops', '--operator');
    assert.match(desk.stderr, /^Added key "desk" of an operator of tenant acme to /);
    assert.match(ops.stderr, /^Added key "ops" of an operator to /);
    const rows = keys(file, 'list')
      .stdout.split('\n')
      .map((line) => line.split(/ {2,}/));
    assert.deepEqual(rows[1]?.slice(0, 3), ['desk', 'acme', 'operator']);
    assert.deepEqual(rows[2]?.slice(0, 2), ['ops', 'operator']);
    const { tenancy } = loadConfig({ TALARIA_CONFIG: file.path });
    assert.deepEqual(
      tenancy.keys?.map(({ name, tenant, isOperator, operatesServer }) => [name, tenant, isOperator, operatesServer]),
      [
        ['desk', 'acme', true, undefined],
        ['ops', 'default', true, true],
      ],
    );
  });

  test('reports an empty list and a missing file', () => {
    using file = writeConfig('');
    assert.deepEqual(keys(file, 'list'), { code: 0, stdout: '', stderr: 'No keys in talaria.yaml.\n' });
    const missing = { code: 0, stdout: '', stderr: 'No keys in other.yaml.\n' };
    assert.deepEqual(keys(file, 'list', '--file', 'other.yaml'), missing);
  });
});

describe('talaria keys revoke', () => {
  test('removes one key, and keeps the others', () => {
    using file = writeConfig(commented);
    keys(file, 'create', 'web', '--tenant', 'acme');
    const ended = keys(file, 'revoke', 'ci');
    assert.deepEqual(ended, { code: 0, stdout: '', stderr: 'Removed key "ci" from talaria.yaml.\n' });
    const { tenancy } = loadConfig({ TALARIA_CONFIG: file.path, HERMES_KEY: 'sk-1' });
    assert.deepEqual(
      tenancy.keys?.map(({ name }) => name),
      ['web'],
    );
  });

  test('leaves an empty list after the last key, so that authentication stays on', () => {
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
