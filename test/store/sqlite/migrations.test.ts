import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import SqliteDatabase, { type Database } from 'better-sqlite3';
import { migrate, migrations } from '../../../src/store/sqlite/migrations/migrate.ts';

const version = (database: Database) => database.pragma('user_version', { simple: true });
const schema = (database: Database) =>
  database.prepare('SELECT type, name, sql FROM sqlite_schema ORDER BY name').all();

/** Creates a database of an earlier version. */
function createVersion(count: number): Database {
  const database = new SqliteDatabase(':memory:');
  for (const migration of migrations.slice(0, count)) database.exec(migration);
  if (count > 0) database.pragma(`application_id = ${readApplicationId()}`);
  database.pragma(`user_version = ${count}`);
  return database;
}

function readApplicationId(): unknown {
  const database = new SqliteDatabase(':memory:');
  migrate(database);
  return database.pragma('application_id', { simple: true });
}

describe('migrate', () => {
  for (let from = 0; from <= migrations.length; from++) {
    it(`brings version ${from} to the newest`, () => {
      const database = createVersion(from);
      const newest = createVersion(migrations.length);
      migrate(database);
      assert.equal(version(database), migrations.length);
      assert.deepEqual(schema(database), schema(newest));
      assert.ok(schema(database).length > 0);
    });
  }

  it('changes nothing the second time', () => {
    const database = createVersion(0);
    migrate(database);
    const before = schema(database);
    database.exec("INSERT INTO responses (tenant, id, session_id, created_at) VALUES ('t', 'resp_1', 's', 1)");
    migrate(database);
    assert.deepEqual(schema(database), before);
    assert.equal(database.prepare('SELECT count(*) FROM responses').pluck().get(), 1);
  });

  it('refuses a schema newer than it supports and leaves it unchanged', () => {
    const database = createVersion(migrations.length);
    database.pragma(`user_version = ${migrations.length + 1}`);
    assert.throws(() => migrate(database), {
      message: `it was written by a newer version (schema ${migrations.length + 1}; this version supports up to ${migrations.length})`,
    });
    assert.equal(version(database), migrations.length + 1);
  });

  it("refuses another application's database and leaves it unchanged", () => {
    for (const sql of ['CREATE TABLE theirs (a)', 'PRAGMA user_version = 1']) {
      const database = new SqliteDatabase(':memory:');
      database.exec(sql);
      const before = schema(database);
      assert.throws(() => migrate(database), { message: 'it belongs to another application' });
      assert.deepEqual(schema(database), before);
      assert.equal(database.pragma('application_id', { simple: true }), 0);
    }
  });

  it('leaves nothing behind when a migration fails', () => {
    const database = new SqliteDatabase(':memory:');
    database.pragma('max_page_count = 3');
    assert.throws(() => migrate(database), { code: 'SQLITE_FULL' });
    assert.deepEqual(schema(database), []);
    assert.equal(version(database), 0);
    assert.equal(database.pragma('application_id', { simple: true }), 0);
  });
});
