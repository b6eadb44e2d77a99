import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { limits } from '../../src/config/limits.ts';
import { createMemoryStore } from '../../src/store/memory/memory-store.ts';
import { storeSuite } from './store-suite.ts';
import { createItems, keepConversation } from './stored-conversation.ts';
import { createChain, createStoredResponse, tenant } from './stored-response.ts';
import { beginRun } from './stored-run.ts';

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

  it('counts journals and approvals in its bytes, and evicts the oldest approvals', async () => {
    await using store = createMemoryStore({ maxBytes: 100_000 });
    const run = await beginRun(store);
    const step = JSON.stringify('x'.repeat(60_000));
    assert.equal(await store.runs.append(run, [], [step]), true);
    await assert.rejects(store.runs.append(run, [], [step]), { code: 'store_unavailable' });
    assert.equal((await store.runs.steps(tenant, run.id)).length, 1);
    const state = JSON.stringify('x'.repeat(20_000));
    const approval = { tenant, runId: run.id, hash: 'h', createdAt: 0, expiresAt: 9e9, state };
    for (const id of ['mcpr_1', 'mcpr_2']) await store.approvals.ask({ ...approval, id });
    assert.equal(await store.approvals.get(tenant, 'mcpr_1'), undefined);
    assert.deepEqual(await store.approvals.get(tenant, 'mcpr_2'), { ...approval, id: 'mcpr_2' });
    await store.runs.end(run, []);
    await store.reap({ now: 9e9, logsBefore: 9e9, limit: 10 });
    assert.equal(await store.storedBytes(tenant), 0);
  });
});
