import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { limits } from '../../src/config/limits.ts';
import { createMemoryStore } from '../../src/store/memory/memory-store.ts';
import { storeSuite } from './store-suite.ts';
import { createStoredResponse } from './stored-response.ts';

storeSuite('memory store', async (maxResponses) => {
  const store = createMemoryStore(maxResponses === undefined ? {} : { maxResponses });
  return { store, kept: () => store.responses.kept, [Symbol.asyncDispose]: () => store[Symbol.asyncDispose]() };
});

describe('memory store alone', () => {
  it('keeps a hundred responses when nothing else is said', async () => {
    await using store = createMemoryStore();
    for (let index = 0; index <= limits.memoryResponses; index++) await store.responses.put(createStoredResponse());
    assert.equal(limits.memoryResponses, 100);
    assert.equal(await store.responses.count(), 100);
    assert.equal(store.responses.kept, 100);
  });
});
