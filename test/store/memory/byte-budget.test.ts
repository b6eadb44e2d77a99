import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createMemoryStore, type MemoryStore } from '../../../src/store/memory/memory-store.ts';
import { createStoredChatCompletion } from '../stored-chat-completion.ts';
import { createItem, keepConversation } from '../stored-conversation.ts';
import { createChain, createStoredResponse, tenant } from '../stored-response.ts';
import { beginResponse, beginRun } from '../stored-run.ts';

/** Bytes for four texts with their JSON. */
const maxBytes = 100_000;
const text = 'x'.repeat(22_000);
const full = { name: 'ApiError', code: 'store_unavailable', message: 'The memory of the store is full.' };

const createLarge = (fields: Parameters<typeof createStoredResponse>[0] = {}) =>
  createStoredResponse({ input: [createItem(text)], output: [], ...fields });

async function assertBounded(store: MemoryStore): Promise<void> {
  const bytes = await store.storedBytes(tenant);
  assert.ok(bytes <= maxBytes, `${bytes} bytes`);
}

describe('the bytes of a memory store', () => {
  it('evict the least recently used responses', async () => {
    await using store = createMemoryStore({ maxBytes });
    const responses = Array.from({ length: 6 }, () => createLarge());
    const [first, second, ...others] = responses;
    assert.ok(first && second);
    for (const response of [first, second, ...others.slice(0, 2)]) await store.responses.put(response);
    await store.responses.get(tenant, first.id);
    for (const response of others.slice(2)) await store.responses.put(response);
    const found = await Promise.all(responses.map(({ id }) => store.responses.get(tenant, id)));
    assert.deepEqual(
      found.map((response) => response !== undefined),
      [true, false, false, true, true, true],
    );
    await assertBounded(store);
  });

  it('count content that only descendants need, and reject a turn that does not fit with its chain', async () => {
    await using store = createMemoryStore({ maxBytes });
    const chain = createChain(5).map((response) => ({ ...response, input: [createItem(text)] }));
    const last = chain.pop();
    assert.ok(last);
    for (const response of chain) await store.responses.put(response);
    await assert.rejects(store.responses.put(last), full);
    assert.equal((await store.responses.history(tenant, last.parentId ?? last.id))?.turns.length, 4);
    await assertBounded(store);
    // Another response evicts the chain.
    await store.responses.put(createLarge());
    assert.equal(store.responses.size, 1);
  });

  it('keep running runs, and always accept their end', async () => {
    await using store = createMemoryStore({ maxBytes });
    const running = [];
    for (let count = 0; count < 4; count++) running.push(await beginResponse(store, { input: [createItem(text)] }));
    await assert.rejects(store.responses.put(createLarge()), full);
    await assert.rejects(beginResponse(store, { input: [createItem(text)] }), full);
    const [first] = running;
    assert.ok(first);
    await assert.rejects(store.runs.append(first.run, [text]), full);
    assert.equal(await store.runs.end(first.run, [`"${text}"`], first.response), true);
    assert.equal((await store.runs.read(tenant, first.run.id, { after: 0, limit: 9 }))?.events.length, 1);
    await store.runs.append(running[1]?.run ?? first.run, ['"next"']);
    assert.equal(await store.responses.get(tenant, first.response.id), undefined);
    await assertBounded(store);
  });

  it('evict conversations and chat completions, but not the one being changed', async () => {
    await using store = createMemoryStore({ maxBytes });
    for (let count = 0; count < 5; count++) {
      await store.chatCompletions.put(createStoredChatCompletion({ resource: { text } }));
    }
    await assertBounded(store);
    const { id } = await keepConversation(store, { items: [createItem(text)] });
    const others = await keepConversation(store, { items: [createItem(text)] });
    await assertBounded(store);
    for (let count = 0; count < 3; count++) assert.ok(await store.conversations.append(tenant, id, [createItem(text)]));
    assert.equal(await store.conversations.get(tenant, others.id), undefined);
    await assert.rejects(store.conversations.append(tenant, id, [createItem(text)]), full);
    const said = store.responses.put(createLarge({ conversationId: id }));
    await assert.rejects(said, full);
    await assertBounded(store);
    assert.ok(await store.conversations.delete(tenant, id));
    assert.equal(await store.storedBytes(tenant), 0);
  });

  it('evict the logs of runs without a response that have ended', async () => {
    await using store = createMemoryStore({ maxBytes });
    const ended = [];
    for (let count = 0; count < 6; count++) {
      const run = await beginRun(store, { request: undefined });
      await store.runs.end(run, [text]);
      ended.push(run);
    }
    const found = await Promise.all(ended.map(({ id }) => store.runs.read(tenant, id, { after: -1, limit: 1 })));
    assert.deepEqual(
      found.map((log) => log !== undefined),
      [false, false, true, true, true, true],
    );
    await assertBounded(store);
  });

  it('are free again once everything is deleted', async () => {
    await using store = createMemoryStore({ maxBytes });
    for (let round = 0; round < 20; round++) {
      const { response, run } = await beginResponse(store, { input: [createItem(text)] });
      await store.runs.append(run, [text]);
      await store.runs.end(run, [], response);
      await store.responses.put({ ...response, input: [] });
      await store.responses.delete(tenant, response.id);
      const completion = createStoredChatCompletion({ resource: { text } });
      await store.chatCompletions.put(completion);
      await store.chatCompletions.put({ ...completion, resource: {} });
      await store.chatCompletions.delete(tenant, completion.id);
    }
    const parts = [store.responses, store.conversations, store.chatCompletions, store.runs];
    assert.deepEqual(
      parts.map((part) => ('bytes' in part ? part.bytes : undefined)),
      [0, 0, 0, 0],
    );
  });

  it('reject an entry larger than the store without evicting', async () => {
    await using store = createMemoryStore({ maxBytes });
    const kept = createLarge();
    await store.responses.put(kept);
    await assert.rejects(store.responses.put(createLarge({ input: [createItem('x'.repeat(maxBytes))] })), full);
    assert.ok(await store.responses.get(tenant, kept.id));
  });
});
