import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Client } from 'pg';
import { migrate, migrations } from '../../../src/store/postgres/migrations/migrate.ts';
import { openPostgresStore } from '../../../src/store/postgres/postgres-store.ts';
import { createStoredResponse, tenant } from '../stored-response.ts';
import { createTestSchema, type TestSchema } from './test-database.ts';
import { withTestServer } from './test-server.ts';

const columns = `
  SELECT table_name, column_name, data_type, is_nullable FROM information_schema.columns
  WHERE table_schema = current_schema() ORDER BY 1, 2`;
const functions = `
  SELECT proname, prosrc FROM pg_proc WHERE pronamespace = current_schema()::regnamespace ORDER BY 1`;
const indexes = `
  SELECT indexname, regexp_replace(indexdef, 'test_[0-9a-f]+', '') AS sql FROM pg_indexes
  WHERE schemaname = current_schema() ORDER BY 1`;

const describeSchema = async (schema: TestSchema) => [
  await schema.query(columns),
  await schema.query(functions),
  await schema.query(indexes),
];

const readVersion = async (schema: TestSchema) =>
  (await schema.query<{ talaria: number }>('SELECT talaria FROM schema_version'))[0]?.talaria;

/** Creates the schema of an earlier version. */
async function createVersion(schema: TestSchema, count: number): Promise<void> {
  if (count === 0) return;
  await schema.query('CREATE TABLE schema_version (talaria integer NOT NULL)');
  await schema.query('INSERT INTO schema_version VALUES ($1)', [count]);
  for (const migration of migrations.slice(0, count)) await schema.query(migration);
}

async function migrateSchema({ url }: TestSchema): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await migrate(client);
  } finally {
    await client.end();
  }
}

await withTestServer((server) => {
  describe('migrate', () => {
    for (let from = 0; from <= migrations.length; from++) {
      it(`brings version ${from} to the newest`, async () => {
        await using schema = await createTestSchema(server);
        await using newest = await createTestSchema(server);
        await createVersion(schema, from);
        await createVersion(newest, migrations.length);
        await migrateSchema(schema);
        assert.equal(await readVersion(schema), migrations.length);
        const described = await describeSchema(schema);
        assert.deepEqual(described, await describeSchema(newest));
        for (const rows of described) assert.ok(rows.length > 10);
      });
    }

    it('changes nothing the second time', async () => {
      await using schema = await createTestSchema(server);
      const response = createStoredResponse();
      for (let time = 0; time < 2; time++) {
        await using store = await openPostgresStore({ url: schema.url });
        if (time === 0) await store.responses.put(response);
        assert.deepEqual(await store.responses.get(tenant, response.id), response);
      }
    });

    it('is done once by servers that start at once', async () => {
      await using schema = await createTestSchema(server);
      await Promise.all(Array.from({ length: 4 }, () => migrateSchema(schema)));
      assert.equal(await readVersion(schema), migrations.length);
      assert.equal((await schema.query('SELECT * FROM schema_version')).length, 1);
    });

    it('refuses a schema newer than it supports and leaves it unchanged', async () => {
      await using schema = await createTestSchema(server);
      await createVersion(schema, migrations.length);
      await schema.query('UPDATE schema_version SET talaria = 1000');
      await assert.rejects(openPostgresStore({ url: schema.url }), {
        message: new RegExp(
          `^Cannot open the store postgres://[^ ]+: it was written by a newer version \\(schema 1000; this version supports up to ${migrations.length}\\)\\.$`,
        ),
      });
      assert.equal(await readVersion(schema), 1000);
    });

    for (const sql of [
      'CREATE TABLE items (a integer)',
      'CREATE TABLE schema_version (version integer)',
      'CREATE FUNCTION total(of_kind text) RETURNS bigint LANGUAGE sql AS $$ SELECT 1::bigint $$',
    ]) {
      it(`refuses another application's schema and leaves it unchanged: ${sql.slice(0, 30)}`, async () => {
        await using schema = await createTestSchema(server);
        await schema.query(sql);
        const before = await describeSchema(schema);
        await assert.rejects(openPostgresStore({ url: schema.url }), /: it belongs to another application\.$/);
        assert.deepEqual(await describeSchema(schema), before);
      });
    }
  });
});
