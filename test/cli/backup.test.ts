import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import SqliteDatabase from 'better-sqlite3';

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'talaria-backup-'));
after(() => rmSync(folder, { recursive: true }));

function backUp(storeUrl: string, ...args: string[]) {
  const env = { ...process.env, STORE_URL: storeUrl };
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, 'backup', ...args], {
    cwd: folder,
    env,
    encoding: 'utf8',
  });
  return { code: status, stdout, stderr };
}

/** An open database of an older version, with rows in its write-ahead log. */
function openOlder(name: string): InstanceType<typeof SqliteDatabase> {
  const database = new SqliteDatabase(join(folder, name));
  database.pragma('journal_mode = WAL');
  database.pragma('user_version = 1');
  database.exec("CREATE TABLE said (text TEXT) STRICT; INSERT INTO said VALUES ('in the log')");
  return database;
}

test('copies an open store with its write-ahead log, and upgrades neither', () => {
  const database = openOlder('older.db');
  const { code, stdout, stderr } = backUp('sqlite:older.db', 'copy.db');
  const { size, mode } = statSync(join(folder, 'copy.db'));
  assert.deepEqual([code, stdout, stderr], [0, `Wrote copy.db (${size} bytes)\n`, '']);
  if (process.platform !== 'win32') assert.equal(mode & 0o777, 0o600, 'only its owner can read it');
  const copy = new SqliteDatabase(join(folder, 'copy.db'), { readonly: true });
  assert.deepEqual(copy.prepare('SELECT text FROM said').all(), [{ text: 'in the log' }]);
  for (const each of [database, copy]) {
    assert.equal(each.pragma('user_version', { simple: true }), 1);
    each.close();
  }
});

test('refuses in one line, without leaving or changing a file', () => {
  const { code, stderr } = backUp('sqlite:missing.db', 'none.db');
  assert.deepEqual([code, stderr], [1, `talaria backup: The store ${join(folder, 'missing.db')} does not exist.\n`]);
  openOlder('store.db').close();
  writeFileSync(join(folder, 'broken.db'), 'not a database'.repeat(1000));
  const target = join(folder, 'none.db');
  for (const [store, file, reason] of [
    ['sqlite:store.db', 'store.db', `Cannot copy the store to ${join(folder, 'store.db')}: it exists.`],
    [
      'sqlite:store.db',
      'no/none.db',
      `Cannot copy the store to ${join(folder, 'no/none.db')}: its folder does not exist.`,
    ],
    ['sqlite:broken.db', 'none.db', `Cannot copy the store to ${target}: it is not an SQLite database.`],
    ['memory:', 'none.db', 'The memory store cannot be backed up. Expected STORE_URL to be sqlite:FILE.'],
    ['postgres://u:p@127.0.0.1:1/d', 'none.db', 'The store is a PostgreSQL database. Back it up with pg_dump.'],
  ] as const) {
    assert.deepEqual(backUp(store, file), { code: 1, stdout: '', stderr: `talaria backup: ${reason}\n` });
    assert.ok(!existsSync(target));
  }
  const missing = backUp('memory:');
  assert.deepEqual([missing.code, missing.stderr], [2, 'Missing FILE of the copy. See talaria backup --help.\n']);
});
