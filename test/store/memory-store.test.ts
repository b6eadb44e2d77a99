import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { limits } from '../../src/config/limits.ts';
import { createMemoryStore } from '../../src/store/memory/memory-store.ts';
import { storeSuite } from './store-suite.ts';
import { createItems, keepConversation } from './stored-conversation.ts';
import { createChain, createStoredResponse, tenant } from './stored-response.ts';

storeSuite('memory store', async (maxResponses) => {
  const store = createMemoryStore(maxResponses === undefined ? {} : { maxResponses });
  return { store, storedCount: () => store.responses.size, [Symbol.asyncDispose]: () => store[Symbol.asyncDispose]() };
});

describe('memory store alone', () => {
  it('holds a hundred responses by default', async () => {
    await using store = createMemoryStore();
    for (let index = 0; index <= limits.memoryResponses; index++) await store.responses.put(createStoredResponse());
    assert.equal(limits.memoryResponses, 100);
    assert.equal(await store.responses.count(), 100);
    assert.equal(store.responses.size, 100);
  });

  it('removes the items of deleted, replaced and evicted responses from the index', async () => {
    await using store = createMemoryStore({ maxResponses: 3 });
    const chain = createChain(20);
    for (const response of chain) await store.responses.put(response);
    for (const response of chain.slice(-2)) await store.responses.put({ ...response, output: [] });
    assert.equal(store.responses.indexSize, 38);
    for (let index = 0; index < 3; index++) await store.responses.put(createStoredResponse());
    assert.equal(store.responses.indexSize, 6);
    for (let index = 0; index < 5; index++) await keepConversation(store, { items: createItems('ab') });
    const { id, items } = await keepConversation(store, { items: createItems('cd') });
    await store.conversations.deleteItem(tenant, id, items[0]?.id ?? '');
    assert.equal(store.conversations.size, 3);
    assert.equal(store.conversations.indexSize, 5);
    await store.conversations.delete(tenant, id);
    assert.equal(store.conversations.indexSize, 4);
  });
});
