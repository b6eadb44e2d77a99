import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { StoreLocation } from '../../src/config/store-location.ts';
import { openStore } from '../../src/store/open-store.ts';
import { createTestFile } from './sqlite/test-database.ts';
import { createStoredResponse, tenant } from './stored-response.ts';

for (const location of [
  { kind: 'memory', maxResponses: 2 },
  { kind: 'sqlite', file: ':memory:', maxResponses: 2, synchronous: 'FULL' },
] satisfies StoreLocation[]) {
  it(`opens ${location.kind} with the limit of the location`, async () => {
    await using store = await openStore(location);
    const responses = Array.from({ length: 3 }, () => createStoredResponse());
    for (const response of responses) await store.responses.put(response);
    assert.equal(await store.responses.count(), 2);
  });
}

it('opens the file of the location, without a limit when there is none', async () => {
  using created = createTestFile();
  const location: StoreLocation = { kind: 'sqlite', file: created.file };
  const response = createStoredResponse();
  {
    await using store = await openStore(location);
    await store.responses.put(response);
    for (let index = 0; index < 150; index++) await store.responses.put(createStoredResponse());
  }
  await using store = await openStore(location);
  assert.equal(await store.responses.count(), 151);
  assert.deepEqual(await store.responses.get(tenant, response.id), response);
});

it('rejects with the name of a file that cannot be opened', async () => {
  using created = createTestFile();
  const file = `${created.file}/missing/store.db`;
  await assert.rejects(openStore({ kind: 'sqlite', file }), {
    message: new RegExp(`^Cannot open the store ${file}: `),
  });
});
