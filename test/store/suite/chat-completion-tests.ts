import assert from 'node:assert/strict';
import { it } from 'node:test';
import { createChatCompletionId } from '../../../src/ids.ts';
import { createStoredChatCompletion, toListed } from '../stored-chat-completion.ts';
import { createStoredResponse, tenant } from '../stored-response.ts';
import type { OpenStore } from './open-store.ts';

export function chatCompletionTests(open: OpenStore): void {
  it('are returned exactly as they were put', async () => {
    await using opened = await open();
    const { chatCompletions } = opened.store;
    const completion = createStoredChatCompletion({
      metadata: { naïve: '日本語 \u0000 "quoted"' },
      messages: [
        { id: 'chatcmpl-1-0', role: 'system', content: [{ type: 'text', text: '\u2028 \\' }] },
        { id: 'chatcmpl-1-1', role: 'user', content: null, nested: { deep: [[], {}] } },
      ],
      resource: { z: 1, a: [0.1, null, true] },
    });
    await chatCompletions.put(completion);
    const stored = await chatCompletions.get(tenant, completion.id);
    assert.deepEqual(stored, completion);
    assert.equal(JSON.stringify(stored?.resource), JSON.stringify(completion.resource), 'the order of fields stays');
  });

  it('are replaced by one with the same id', async () => {
    await using opened = await open();
    const { chatCompletions } = opened.store;
    const completion = createStoredChatCompletion();
    const changed = { ...completion, createdAt: 5, model: 'model-b', metadata: { a: '1' }, messages: [], resource: {} };
    await chatCompletions.put(completion);
    await chatCompletions.put(changed);
    assert.deepEqual(await chatCompletions.get(tenant, completion.id), changed);
    assert.deepEqual(await chatCompletions.list(tenant, { limit: 5, order: 'asc' }), {
      data: [toListed(changed)],
      hasMore: false,
    });
  });

  it('get new metadata and keep the rest', async () => {
    await using opened = await open();
    const { chatCompletions } = opened.store;
    const completion = createStoredChatCompletion({ metadata: { a: '1', b: '2' } });
    await chatCompletions.put(completion);
    const metadata = { b: '3' };
    const changed = { ...completion, metadata };
    assert.deepEqual(await chatCompletions.updateMetadata(tenant, completion.id, metadata), toListed(changed));
    assert.deepEqual(await chatCompletions.get(tenant, completion.id), changed);
    assert.equal(await chatCompletions.updateMetadata(tenant, createChatCompletionId(), metadata), undefined);
  });

  it('are unknown once deleted', async () => {
    await using opened = await open();
    const { chatCompletions } = opened.store;
    const completion = createStoredChatCompletion();
    await chatCompletions.put(completion);
    assert.equal(await chatCompletions.delete(tenant, completion.id), true);
    assert.equal(await chatCompletions.delete(tenant, completion.id), false);
    assert.equal(await chatCompletions.get(tenant, completion.id), undefined);
    assert.equal(await chatCompletions.updateMetadata(tenant, completion.id, {}), undefined);
    await opened.storedCount();
  });

  it('are unknown to other tenants', async () => {
    await using opened = await open();
    const { chatCompletions } = opened.store;
    const ours = createStoredChatCompletion();
    const theirs = createStoredChatCompletion({ id: ours.id, tenant: 'tenant-b', model: 'model-b' });
    await chatCompletions.put(ours);
    assert.equal(await chatCompletions.get('tenant-b', ours.id), undefined);
    assert.equal(await chatCompletions.updateMetadata('tenant-b', ours.id, {}), undefined);
    assert.equal(await chatCompletions.delete('tenant-b', ours.id), false);
    assert.deepEqual(await chatCompletions.list('tenant-b', { limit: 5, order: 'asc' }), { data: [], hasMore: false });
    await chatCompletions.put(theirs);
    assert.deepEqual(await chatCompletions.get(tenant, ours.id), ours);
    assert.deepEqual(await chatCompletions.get('tenant-b', ours.id), theirs);
  });

  it('are not changed through objects that were passed in or returned', async () => {
    await using opened = await open();
    const { chatCompletions } = opened.store;
    const completion = createStoredChatCompletion({ metadata: { a: '1' } });
    const expected = structuredClone(completion);
    await chatCompletions.put(completion);
    completion.metadata['a'] = 'changed';
    completion.messages.length = 0;
    const stored = await chatCompletions.get(tenant, completion.id);
    if (stored) stored.metadata['a'] = stored.resource['id'] = 'changed';
    const page = await chatCompletions.list(tenant, { limit: 5, order: 'asc' });
    if (typeof page === 'object' && page.data[0]) page.data[0].metadata['a'] = 'changed';
    assert.deepEqual(await chatCompletions.get(tenant, completion.id), expected);
  });

  it('change nothing when they cannot be written as JSON', async () => {
    await using opened = await open();
    const { chatCompletions } = opened.store;
    const completion = createStoredChatCompletion();
    await chatCompletions.put(completion);
    await assert.rejects(chatCompletions.put({ ...completion, model: 'model-b', resource: { big: 1n } }), TypeError);
    assert.deepEqual(await chatCompletions.get(tenant, completion.id), completion);
  });

  it('are evicted when they are the least recently used over the limit', async () => {
    await using opened = await open(3);
    const { chatCompletions, responses } = opened.store;
    const response = createStoredResponse();
    await responses.put(response);
    const made = Array.from({ length: 5 }, () => createStoredChatCompletion());
    const [first, second, third, fourth, fifth] = made;
    assert.ok(first && second && third && fourth && fifth);
    for (const completion of [first, second, third]) await chatCompletions.put(completion);
    await chatCompletions.get(tenant, second.id);
    await chatCompletions.updateMetadata(tenant, first.id, {});
    await chatCompletions.list(tenant, { limit: 5, order: 'desc' });
    await chatCompletions.get('tenant-b', third.id);
    await chatCompletions.put(fourth);
    assert.equal(await chatCompletions.get(tenant, third.id), undefined);
    await chatCompletions.put(second);
    await chatCompletions.put(fifth);
    assert.equal(await chatCompletions.get(tenant, first.id), undefined);
    for (const { id } of [second, fourth, fifth]) assert.ok(await chatCompletions.get(tenant, id));
    assert.ok(await responses.get(tenant, response.id), 'each kind has a limit of its own');
    await opened.storedCount();
  });
}
