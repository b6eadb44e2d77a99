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

  test('is there while something is done, and gone afterwards, also when that fails', () => {
    withLock(file, () => assert.ok(existsSync(`${file}.lock`)));
    assert.ok(!existsSync(`${file}.lock`));
    const fail = () => {
      throw new RangeError('no');
    };
    assert.throws(() => withLock(file, fail), RangeError);
    assert.ok(!existsSync(`${file}.lock`));
  });

  test('that stays has the others fail after a while, by its name, and is left to those who put it there', () => {
    writeFileSync(`${file}.lock`, '');
    const never = () => assert.fail('it was not its turn');
    assert.throws(
      () => withLock(file, never, 50),
      (error) => error instanceof LockError && error.message.includes(`${file}.lock`),
    );
    assert.ok(existsSync(`${file}.lock`));
    rmSync(`${file}.lock`);
  });

  test('that can not be made fails as the file system says', () => {
    assert.throws(() => withLock(join(directory, 'no/such'), () => undefined), { code: 'ENOENT' });
  });
});
