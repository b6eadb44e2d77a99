import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { createTestSchema, type TestSchema } from '../store/postgres/test-database.ts';
import { withTestServer } from '../store/postgres/test-server.ts';
import { tenancySuite } from './tenancy-suite.ts';

const directory = mkdtempSync(join(tmpdir(), 'talaria-tenancy-'));
after(() => rmSync(directory, { recursive: true }));

// Above the default capacity of the memory store: nothing may be missing because of an eviction.
tenancySuite('the memory store', () => 'memory:?max=10000');
tenancySuite('SQLite', () => `sqlite:${join(directory, 'talaria.db')}`);
await withTestServer((server) => {
  let schema: TestSchema | undefined;
  after(() => schema?.[Symbol.asyncDispose]());
  tenancySuite('PostgreSQL', async () => {
    schema = await createTestSchema(server);
    return schema.url;
  });
});
