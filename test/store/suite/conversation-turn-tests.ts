import assert from 'node:assert/strict';
import { it } from 'node:test';
import { type ConversationId, createConversationId } from '../../../src/ids.ts';
import type { StoredResponse } from '../../../src/store/response-store.ts';
import type { Store } from '../../../src/store/store.ts';
import { createItem, createItems, keepConversation } from '../stored-conversation.ts';
import { createStoredResponse, tenant } from '../stored-response.ts';
import { type OpenStore, putAll } from './open-store.ts';

const itemsOf = async (store: Store, id: ConversationId) => (await store.conversations.history(tenant, id))?.items;

const createTurn = (conversationId: ConversationId, letters = 'io'): StoredResponse =>
  createStoredResponse({
    conversationId,
    input: createItems(letters.slice(0, -1)),
    output: createItems(letters.slice(-1)),
  });

export function conversationTurnTests(open: OpenStore): void {
  it("appends a response's input and output to its conversation, each turn after the one before", async () => {
    await using opened = await open();
    const { id, items } = await keepConversation(opened.store, { items: createItems('ab') });
    const [first, second] = [createTurn(id, 'cde'), createTurn(id, 'fg')];
    const between = createItems('xy');
    await opened.store.responses.put(first);
    await opened.store.conversations.append(tenant, id, between);
    await opened.store.responses.put(second);
    assert.deepEqual(await itemsOf(opened.store, id), [
      ...items,
      ...first.input,
      ...first.output,
      ...between,
      ...second.input,
      ...second.output,
    ]);
    for (const turn of [first, second]) assert.deepEqual(await opened.store.responses.get(tenant, turn.id), turn);
    assert.deepEqual((await opened.store.responses.history(tenant, second.id))?.turns.length, 1);
  });

  it('appends nothing for a response without items', async () => {
    await using opened = await open();
    const { id, items } = await keepConversation(opened.store, { items: createItems('ab') });
    const empty = createStoredResponse({ conversationId: id, input: [], output: [] });
    await opened.store.responses.put(empty);
    assert.deepEqual(await itemsOf(opened.store, id), items);
    assert.deepEqual(await opened.store.responses.get(tenant, empty.id), empty);
  });

  it('keeps the items there when the response is replaced', async () => {
    await using opened = await open();
    const { id } = await keepConversation(opened.store);
    const other = await keepConversation(opened.store);
    const turn = createTurn(id);
    await opened.store.responses.put(turn);
    const replacement = { ...turn, input: createItems('x'), output: createItems('yz') };
    for (const conversationId of [id, other.id, undefined]) {
      await opened.store.responses.put({ ...replacement, conversationId });
      assert.deepEqual(await opened.store.responses.get(tenant, turn.id), { ...replacement, conversationId: id });
      assert.deepEqual(await itemsOf(opened.store, id), [...turn.input, ...turn.output]);
      assert.deepEqual(await itemsOf(opened.store, other.id), []);
    }
  });

  it('appends a response that names its conversation only when it is put again', async () => {
    await using opened = await open();
    const { id } = await keepConversation(opened.store);
    const turn = createTurn(id);
    await opened.store.responses.put({ ...turn, conversationId: undefined, output: [] });
    assert.deepEqual(await itemsOf(opened.store, id), []);
    await putAll(opened.store, [turn, turn]);
    assert.deepEqual(await itemsOf(opened.store, id), [...turn.input, ...turn.output]);
  });

  it("stores a response without a conversation that is deleted, unknown or another tenant's", async () => {
    await using opened = await open();
    const gone = await keepConversation(opened.store);
    const theirs = await keepConversation(opened.store, { tenant: 'tenant-b' });
    await opened.store.conversations.delete(tenant, gone.id);
    for (const conversationId of [gone.id, theirs.id, createConversationId()]) {
      const turn = createTurn(conversationId);
      await opened.store.responses.put(turn);
      assert.deepEqual(await opened.store.responses.get(tenant, turn.id), { ...turn, conversationId: undefined });
    }
    assert.deepEqual((await opened.store.conversations.history('tenant-b', theirs.id))?.items, []);
  });

  it('keeps the items when the response is deleted', async () => {
    await using opened = await open();
    const { id } = await keepConversation(opened.store);
    const turns = [createTurn(id), createTurn(id), createTurn(id)];
    await putAll(opened.store, turns);
    const said = turns.flatMap((turn) => [...turn.input, ...turn.output]);
    for (const turn of turns.toReversed()) {
      await opened.store.responses.delete(tenant, turn.id);
      assert.deepEqual(await itemsOf(opened.store, id), said);
      assert.deepEqual(await opened.store.conversations.item(tenant, id, said[0]?.id ?? ''), said[0]);
    }
    assert.equal(await opened.storedCount(), 0);
    const late = createTurn(id);
    await opened.store.responses.put(late);
    assert.deepEqual(await itemsOf(opened.store, id), [...said, ...late.input, ...late.output]);
  });

  it('keeps the items when the response is evicted', async () => {
    await using opened = await open(2);
    const { id } = await keepConversation(opened.store);
    const turns = Array.from({ length: 5 }, () => createTurn(id));
    await putAll(opened.store, turns);
    assert.equal(await opened.storedCount(), 2);
    assert.deepEqual(
      await itemsOf(opened.store, id),
      turns.flatMap((turn) => [...turn.input, ...turn.output]),
    );
  });

  it('leaves the responses whole when it is deleted', async () => {
    await using opened = await open();
    const { id } = await keepConversation(opened.store, { items: createItems('a') });
    const turn = createTurn(id);
    await opened.store.responses.put(turn);
    await opened.store.conversations.delete(tenant, id);
    assert.deepEqual(await opened.store.responses.get(tenant, turn.id), { ...turn, conversationId: undefined });
    const next = await keepConversation(opened.store);
    assert.deepEqual(await itemsOf(opened.store, next.id), []);
    await opened.store.responses.put({ ...turn, conversationId: next.id });
    assert.deepEqual(await itemsOf(opened.store, next.id), [...turn.input, ...turn.output], 'it can join another');
  });

  it('removes an item from the conversation and keeps it in the response', async () => {
    await using opened = await open();
    const { id } = await keepConversation(opened.store);
    const turn = createTurn(id);
    await opened.store.responses.put(turn);
    const [item] = turn.input;
    assert.ok(item);
    assert.equal(await opened.store.conversations.deleteItem(tenant, id, item.id), 'deleted');
    assert.deepEqual(await itemsOf(opened.store, id), turn.output);
    assert.deepEqual(await opened.store.responses.get(tenant, turn.id), turn);
    await opened.store.responses.delete(tenant, turn.id);
    assert.deepEqual(await itemsOf(opened.store, id), turn.output);
  });

  it('changes neither when a response cannot be written', async () => {
    await using opened = await open();
    const { id, items } = await keepConversation(opened.store, { items: createItems('a') });
    const bad = createStoredResponse({ conversationId: id, output: [{ ...createItem('x'), big: 1n }] });
    await assert.rejects(opened.store.responses.put(bad), TypeError);
    assert.deepEqual(await itemsOf(opened.store, id), items);
    assert.equal(await opened.storedCount(), 0);
  });
}
