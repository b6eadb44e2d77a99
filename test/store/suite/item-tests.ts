import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Store } from '../../../src/store/store.ts';
import type { StoredItem } from '../../../src/store/stored-item.ts';
import { createItem, keepConversation } from '../stored-conversation.ts';
import { createChain, createStoredResponse, tenant } from '../stored-response.ts';
import { type OpenStore, putAll } from './open-store.ts';

const find = async (store: Store, id: string): Promise<StoredItem | undefined> =>
  (await store.responses.findItems(tenant, [id])).get(id);

export function itemTests(open: OpenStore): void {
  it('are found among the input and the output of visible responses', async () => {
    await using opened = await open();
    const chain = createChain(3);
    await putAll(opened.store, chain);
    const items = chain.flatMap((response) => [...response.input, ...response.output]);
    const found = await opened.store.responses.findItems(tenant, [...items.map(({ id }) => id), 'msg_unknown', '']);
    assert.deepEqual(found, new Map(items.map((item) => [item.id, item])));
  });

  it('are empty for no ids', async () => {
    await using opened = await open();
    await opened.store.responses.put(createStoredResponse());
    assert.deepEqual(await opened.store.responses.findItems(tenant, []), new Map());
  });

  it("are not found when they are another tenant's", async () => {
    await using opened = await open();
    await opened.store.responses.put(createStoredResponse({ tenant: 'tenant-b', input: [createItem('b', 'msg_1')] }));
    await keepConversation(opened.store, { tenant: 'tenant-b', items: [createItem('b', 'msg_2')] });
    assert.equal(await find(opened.store, 'msg_1'), undefined);
    assert.equal(await find(opened.store, 'msg_2'), undefined);
    const ours = createItem('a', 'msg_1');
    await opened.store.responses.put(createStoredResponse({ input: [ours] }));
    assert.deepEqual(await find(opened.store, 'msg_1'), ours);
  });

  it('are those of the response created last when ids repeat, the output before the input', async () => {
    await using opened = await open();
    const [first, second, third] = createChain(3);
    assert.ok(first && second && third);
    first.output = [createItem('first', 'msg_1')];
    second.input = [createItem('second input', 'msg_1')];
    second.output = [createItem('second output', 'msg_1')];
    await putAll(opened.store, [first, second, third, first]);
    assert.equal((await find(opened.store, 'msg_1'))?.['text'], 'second output');
    await opened.store.responses.delete(tenant, second.id);
    assert.equal((await find(opened.store, 'msg_1'))?.['text'], 'first');
    await opened.store.responses.put(second);
    assert.equal((await find(opened.store, 'msg_1'))?.['text'], 'second output', 'it is where it was before');
  });

  it('are hidden with their response at once, even while a descendant needs it', async () => {
    await using opened = await open();
    const [first, second] = createChain(2);
    assert.ok(first && second);
    await putAll(opened.store, [first, second]);
    await opened.store.responses.delete(tenant, first.id);
    for (const { id } of [...first.input, ...first.output]) assert.equal(await find(opened.store, id), undefined);
    assert.ok(await find(opened.store, second.output[0]?.id ?? ''));
  });

  it('are those of the replacement when a response is replaced', async () => {
    await using opened = await open();
    const response = createStoredResponse({ input: [createItem('a', 'msg_1')], output: [createItem('b', 'msg_2')] });
    const output = [createItem('new', 'msg_2'), createItem('c', 'msg_3')];
    await putAll(opened.store, [response, { ...response, input: [], output }]);
    assert.equal(await find(opened.store, 'msg_1'), undefined);
    assert.deepEqual(await find(opened.store, 'msg_2'), output[0]);
    assert.deepEqual(await find(opened.store, 'msg_3'), output[1]);
  });

  it('are found in responses first, then in the conversation created last', async () => {
    await using opened = await open();
    const older = await keepConversation(opened.store, { items: [createItem('older', 'msg_1')] });
    const items = [createItem('old', 'msg_1'), createItem('new', 'msg_1')];
    const newer = await keepConversation(opened.store, { items });
    await opened.store.conversations.append(tenant, older.id, [createItem('late', 'msg_1')]);
    assert.equal((await find(opened.store, 'msg_1'))?.['text'], 'new');
    const response = createStoredResponse({ output: [createItem('said', 'msg_1')] });
    await opened.store.responses.put(response);
    assert.equal((await find(opened.store, 'msg_1'))?.['text'], 'said');
    await opened.store.responses.delete(tenant, response.id);
    await opened.store.conversations.deleteItem(tenant, newer.id, 'msg_1');
    assert.equal((await find(opened.store, 'msg_1'))?.['text'], 'late');
  });

  it('are found in the conversation once their response is removed', async () => {
    await using opened = await open();
    const { id } = await keepConversation(opened.store);
    const response = createStoredResponse({ conversationId: id });
    await opened.store.responses.put(response);
    await opened.store.responses.delete(tenant, response.id);
    for (const item of [...response.input, ...response.output]) {
      assert.deepEqual(await find(opened.store, item.id), item);
    }
    await opened.store.conversations.delete(tenant, id);
    assert.equal(await find(opened.store, response.input[0]?.id ?? ''), undefined);
  });

  it('do not count as a use of their response', async () => {
    await using opened = await open(2);
    const [first, second, third] = [createStoredResponse(), createStoredResponse(), createStoredResponse()];
    await putAll(opened.store, [first, second]);
    assert.ok(await find(opened.store, first.input[0]?.id ?? ''));
    await opened.store.responses.put(third);
    assert.equal(await opened.store.responses.get(tenant, first.id), undefined);
  });
}
