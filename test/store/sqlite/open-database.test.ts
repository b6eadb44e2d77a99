import assert from 'node:assert/strict';
import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import SqliteDatabase from 'better-sqlite3';
import { openDatabase } from '../../../src/store/sqlite/connection/open-database.ts';
import { createTestFile } from './test-database.ts';

function assertRefused(file: string, reason: RegExp | string): void {
  assert.throws(
    () => openDatabase(file, 'NORMAL'),
    (error: Error) => {
      assert.ok(error.message.startsWith(`Cannot open the store ${file}: `), error.message);
      assert.match(error.message, new RegExp(reason));
      assert.ok(error.cause instanceof Error);
      return true;
    },
  );
}

describe('openDatabase', () => {
  it('uses the write-ahead log with the requested durability', () => {
    for (const [synchronous, level] of [
      ['NORMAL', 1],
      ['FULL', 2],
    ] as const) {
      using created = createTestFile();
      const database = openDatabase(created.file, synchronous);
      assert.equal(database.pragma('journal_mode', { simple: true }), 'wal');
      assert.equal(database.pragma('synchronous', { simple: true }), level);
      database.close();
    }
  });

  it('creates a file that only its owner can read', { skip: process.platform === 'win32' }, () => {
    using created = createTestFile();
    const database = openDatabase(created.file, 'NORMAL');
    for (const suffix of ['', '-wal', '-shm']) {
      assert.equal(statSync(`${created.file}${suffix}`).mode & 0o777, 0o600, suffix);
    }
    database.close();
  });

  it('says that the folder does not exist', () => {
    using created = createTestFile();
    assertRefused(join(dirname(created.file), 'missing', 'store.db'), 'its folder does not exist');
  });

  it('says that the folder is a file', () => {
    using created = createTestFile();
    writeFileSync(created.file, '');
    assertRefused(join(created.file, 'store.db'), 'its folder is a file');
  });

  it('says that the file is a folder', () => {
    using created = createTestFile();
    mkdirSync(created.file);
    assertRefused(created.file, 'it is a folder');
  });

  it('says that the file is not a database, and leaves it unchanged', () => {
    using created = createTestFile();
    const text = 'Dear diary, '.repeat(100);
    writeFileSync(created.file, text);
    assertRefused(created.file, 'it is not an SQLite database');
    assert.equal(statSync(created.file).size, text.length);
  });

  it('says that the file is of a newer version', () => {
    using created = createTestFile();
    const database = openDatabase(created.file, 'NORMAL');
    database.pragma('user_version = 1000');
    database.close();
    assertRefused(created.file, 'newer version \\(schema 1000');
  });

  it("says that the file is another application's", () => {
    using created = createTestFile();
    const database = new SqliteDatabase(created.file);
    database.exec('CREATE TABLE theirs (a)');
    database.close();
    assertRefused(created.file, 'it belongs to another application');
  });
});
