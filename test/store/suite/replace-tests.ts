import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { StoredResponse } from '../../../src/store/response-store.ts';
import type { StoredItem } from '../../../src/store/stored-item.ts';
import { keepConversation } from '../stored-conversation.ts';
import { createChain, createStoredResponse, tenant } from '../stored-response.ts';
import { ids, type OpenStore, putAll, turnIds } from './open-store.ts';

export function replaceTests(open: OpenStore): void {
  it('replaces everything but the position in the chain', async () => {
    await using opened = await open();
    const { responses } = opened.store;
    const [first, second, third] = createChain(3);
    assert.ok(first && second && third);
    await putAll(opened.store, [first, second, third]);
    for (const input of [[], [{ id: 'msg_1' }, { id: 'msg_2' }, { id: 'msg_3' }]]) {
      const changed: StoredResponse = {
        ...second,
        sessionId: 'sess_2',
        createdAt: 2,
        input,
        output: [{ id: 'msg_new' }],
        resource: { status: 'completed' },
      };
      await responses.put(changed);
      assert.deepEqual(await responses.get(tenant, second.id), changed);
      const history = await responses.history(tenant, third.id);
      assert.deepEqual(turnIds(history), ids([first, second, third]));
      assert.deepEqual(history?.turns.at(1), { id: second.id, input, output: [{ id: 'msg_new' }] });
    }
    assert.equal(await responses.count(), 3);
    assert.equal(await opened.storedCount(), 3);
  });

  it('cannot be made to turn a chain into a circle', async () => {
    await using opened = await open();
    const [first, second] = createChain(2);
    assert.ok(first && second);
    await putAll(opened.store, [first, second, { ...first, parentId: second.id }]);
    assert.deepEqual(turnIds(await opened.store.responses.history(tenant, second.id)), ids([first, second]));
  });

  it('shows a hidden response again when it is put again', async () => {
    await using opened = await open();
    const { responses } = opened.store;
    const [first, second] = createChain(2);
    assert.ok(first && second);
    await putAll(opened.store, [first, second]);
    await responses.delete(tenant, first.id);
    await responses.put(first);
    assert.deepEqual(await responses.get(tenant, first.id), first);
    assert.deepEqual(turnIds(await responses.history(tenant, second.id)), ids([first, second]));
    assert.equal(await responses.count(), 2);
    assert.equal(await opened.storedCount(), 2);
  });

  it('replaces items that are the same, changed, added, omitted and moved between input and output', async () => {
    await using opened = await open();
    const { responses } = opened.store;
    const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((id) => ({ id, text: id }));
    assert.ok(a && b && c && d);
    const response = createStoredResponse();
    const conversation = await keepConversation(opened.store);
    const said: StoredItem[] = [];
    for (const [input, output] of [
      [[a, b], [c]],
      [
        [a, b],
        [c, d],
      ],
      [[a], [b, c, d]],
      [[a, { ...b, text: 'changed' }], [c]],
      [[], [a, b]],
      [[b, a], []],
      [[], []],
      [[a, a], [a]],
    ] satisfies [StoredItem[], StoredItem[]][]) {
      const replacement = { ...response, conversationId: conversation.id, input, output };
      await responses.put(replacement);
      assert.deepEqual(await responses.get(tenant, response.id), replacement);
      const found = await responses.findItems(tenant, ['a', 'b', 'c', 'd']);
      for (const item of [...input, ...output]) assert.deepEqual(found.get(item.id), item);
      if (said.length === 0) said.push(...input, ...output);
      assert.deepEqual((await opened.store.conversations.history(tenant, conversation.id))?.items, said);
    }
    assert.equal(await opened.storedCount(), 1);
  });
}
