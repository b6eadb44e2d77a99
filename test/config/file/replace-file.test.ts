import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { test } from 'node:test';
import { replaceFile } from '../../../src/config/file/replace-file.ts';
import { writeConfig } from '../../helpers/write-config.ts';

const newFileMode = 0o600;

test('an existing file keeps its mode', () => {
  using file = writeConfig('old');
  chmodSync(file.path, 0o640);
  replaceFile(file.path, 'new', { newFileMode });
  assert.equal(readFileSync(file.path, 'utf8'), 'new');
  assert.equal(statSync(file.path).mode & 0o777, 0o640);
});

test('an existing file keeps its owner', { skip: process.getuid?.() !== 0 && 'only root may change owners' }, () => {
  using file = writeConfig('old');
  chownSync(file.path, 65_534, 65_533);
  replaceFile(file.path, 'new', { newFileMode });
  const { uid, gid } = statSync(file.path);
  assert.deepEqual([uid, gid], [65_534, 65_533]);
});

test('a write that fails halfway leaves the old file, and no temporary one', () => {
  using file = writeConfig('old');
  const module = new URL('../../../src/config/file/replace-file.ts', import.meta.url);
  const program = `
    import { replaceFile } from '${module}';
    replaceFile(process.argv[1], 'x'.repeat(100_000), { newFileMode: 0o600 });
  `;
  // 16 blocks of 512 bytes: the first write stores that many bytes without an error, as on a full disk.
  const script = 'ulimit -f 16; exec "$0" --input-type=module -e "$1" "$2"';
  const { status, stderr } = spawnSync('sh', ['-c', script, process.execPath, program, file.path], {
    encoding: 'utf8',
  });
  assert.equal(status, 1, stderr);
  assert.match(stderr, /EFBIG/);
  assert.equal(readFileSync(file.path, 'utf8'), 'old');
  assert.deepEqual(readdirSync(dirname(file.path)), ['talaria.yaml']);
});

test('a file that exists under the temporary name is not overwritten', () => {
  using file = writeConfig('old');
  const taken = `${file.path}.${process.pid}.tmp`;
  writeFileSync(taken, 'other');
  assert.throws(() => replaceFile(file.path, 'new', { newFileMode }), { code: 'EEXIST' });
  assert.equal(readFileSync(file.path, 'utf8'), 'old');
  assert.equal(readFileSync(taken, 'utf8'), 'other');
});
