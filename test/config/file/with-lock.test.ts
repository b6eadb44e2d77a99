import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { LockError, withLock } from '../../../src/config/file/with-lock.ts';

describe('a lock beside a file', () => {
  let directory: string;
  let file: string;
  before(() => {
    directory = mkdtempSync(join(tmpdir(), 'talaria-lock-'));
    file = join(directory, 'talaria.yaml');
  });
  after(() => rmSync(directory, { recursive: true }));

  test('exists during the action, and is removed afterwards, also on an error', () => {
    withLock(file, () => assert.ok(existsSync(`${file}.lock`)));
    assert.ok(!existsSync(`${file}.lock`));
    const fail = () => {
      throw new RangeError('no');
    };
    assert.throws(() => withLock(file, fail), RangeError);
    assert.ok(!existsSync(`${file}.lock`));
  });

  test('that is not released fails the others with its name, and stays', () => {
    writeFileSync(`${file}.lock`, '');
    const never = () => assert.fail('the action ran without the lock');
    assert.throws(
      () => withLock(file, never, 50),
      (error) => error instanceof LockError && error.message.includes(`${file}.lock`),
    );
    assert.ok(existsSync(`${file}.lock`));
    rmSync(`${file}.lock`);
  });

  test('that cannot be created fails with the error of the file system', () => {
    assert.throws(() => withLock(join(directory, 'no/such'), () => undefined), { code: 'ENOENT' });
  });
});
