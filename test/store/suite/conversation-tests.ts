import assert from 'node:assert/strict';
import { it } from 'node:test';
import { createConversationId } from '../../../src/ids.ts';
import { createConversation, createItem, createItems, keepConversation } from '../stored-conversation.ts';
import { tenant } from '../stored-response.ts';
import type { OpenStore } from './open-store.ts';

export function conversationTests(open: OpenStore): void {
  it('returns the data it was created with', async () => {
    await using opened = await open();
    const { conversations } = opened.store;
    const items = [
      { id: 'msg_1', text: 'naïve 日本語 \u0000 \u2028 "quoted"', nested: { deep: [[], {}, null] } },
      { id: 'fc_1', arguments: '{"a":' },
    ];
    const made = await keepConversation(opened.store, { metadata: { topic: 'demo', __proto__x: '' }, items });
    const { id, createdAt, metadata } = made;
    assert.deepEqual(await conversations.get(tenant, id), { id, createdAt, metadata });
    assert.deepEqual((await conversations.history(tenant, id))?.items, items);
  });

  it('has one session of its own', async () => {
    await using opened = await open();
    const { conversations } = opened.store;
    const [one, other] = [await keepConversation(opened.store), await keepConversation(opened.store)];
    const session = (await conversations.history(tenant, one.id))?.sessionId;
    assert.match(session ?? '', /^sess_/);
    await conversations.append(tenant, one.id, createItems('ab'));
    await conversations.update(tenant, one.id, { changed: 'yes' });
    assert.equal((await conversations.history(tenant, one.id))?.sessionId, session);
    assert.notEqual((await conversations.history(tenant, other.id))?.sessionId, session);
  });

  it('is created once', async () => {
    await using opened = await open();
    const made = await keepConversation(opened.store, { items: createItems('a') });
    await assert.rejects(opened.store.conversations.create({ ...made, items: createItems('xyz') }));
    assert.deepEqual((await opened.store.conversations.history(tenant, made.id))?.items, made.items);
  });

  it('replaces its metadata and nothing else', async () => {
    await using opened = await open();
    const { conversations } = opened.store;
    const made = await keepConversation(opened.store, { metadata: { a: '1', b: '2' }, items: createItems('a') });
    const changed = { id: made.id, createdAt: made.createdAt, metadata: { b: '3' } };
    assert.deepEqual(await conversations.update(tenant, made.id, { b: '3' }), changed);
    assert.deepEqual(await conversations.get(tenant, made.id), changed);
    assert.deepEqual((await conversations.history(tenant, made.id))?.items, made.items);
  });

  it('appends items in order, each batch after the one before', async () => {
    await using opened = await open();
    const { conversations } = opened.store;
    const [first, second, third] = [createItems('ab'), createItems('c'), createItems('def')];
    const { id } = await keepConversation(opened.store, { items: first });
    assert.equal(await conversations.append(tenant, id, second), true);
    assert.equal(await conversations.append(tenant, id, []), true);
    assert.equal(await conversations.append(tenant, id, third), true);
    assert.deepEqual((await conversations.history(tenant, id))?.items, [...first, ...second, ...third]);
  });

  it('keeps the items of concurrent appends adjacent', async () => {
    await using opened = await open();
    const { id } = await keepConversation(opened.store);
    const batches = Array.from({ length: 50 }, () => createItems('abc'));
    await Promise.all(batches.map((batch) => opened.store.conversations.append(tenant, id, batch)));
    const items = (await opened.store.conversations.history(tenant, id))?.items ?? [];
    assert.equal(items.length, 150);
    for (const batch of batches) {
      const start = items.findIndex((item) => item.id === batch[0]?.id);
      assert.deepEqual(items.slice(start, start + 3), batch);
    }
  });

  it('returns an item by its id, the newest when ids repeat', async () => {
    await using opened = await open();
    const { conversations } = opened.store;
    const items = [createItem('old', 'msg_1'), createItem('other', 'msg_2'), createItem('new', 'msg_1')];
    const { id } = await keepConversation(opened.store, { items });
    const elsewhere = await keepConversation(opened.store, { items: [createItem('elsewhere', 'msg_3')] });
    assert.deepEqual(await conversations.item(tenant, id, 'msg_1'), items[2]);
    assert.deepEqual(await conversations.item(tenant, id, 'msg_2'), items[1]);
    assert.equal(await conversations.item(tenant, id, 'msg_3'), 'no-item');
    assert.equal(await conversations.item(tenant, createConversationId(), 'msg_1'), 'no-conversation');
    assert.deepEqual(await conversations.item(tenant, elsewhere.id, 'msg_3'), elsewhere.items[0]);
  });

  it('deletes every item of an id, and nothing else', async () => {
    await using opened = await open();
    const { conversations } = opened.store;
    const items = [createItem('old', 'msg_1'), createItem('other', 'msg_2'), createItem('new', 'msg_1')];
    const { id } = await keepConversation(opened.store, { items });
    const elsewhere = await keepConversation(opened.store, { items });
    assert.equal(await conversations.deleteItem(tenant, id, 'msg_1'), 'deleted');
    assert.equal(await conversations.deleteItem(tenant, id, 'msg_1'), 'no-item');
    assert.equal(await conversations.item(tenant, id, 'msg_1'), 'no-item');
    assert.deepEqual((await conversations.history(tenant, id))?.items, [items[1]]);
    assert.deepEqual((await conversations.history(tenant, elsewhere.id))?.items, items);
    await conversations.append(tenant, id, createItems('xy'));
    assert.equal((await conversations.history(tenant, id))?.items.length, 3);
  });

  it('is gone with its items when it is deleted, and only once', async () => {
    await using opened = await open();
    const { conversations, responses } = opened.store;
    const made = await keepConversation(opened.store, { items: [createItem('a', 'msg_1')] });
    assert.equal(await conversations.delete(tenant, made.id), true);
    assert.equal(await conversations.delete(tenant, made.id), false);
    assert.equal((await responses.findItems(tenant, ['msg_1'])).size, 0);
    await opened.storedCount();
    await conversations.create({ ...made, items: [] });
    assert.deepEqual((await conversations.history(tenant, made.id))?.items, [], 'nothing of the old one comes back');
  });

  it("treats another tenant's conversation as unknown", async () => {
    await using opened = await open();
    const { conversations } = opened.store;
    const made = await keepConversation(opened.store, { items: [createItem('a', 'msg_1')] });
    const page = { limit: 10, order: 'asc' } as const;
    for (const [owner, id] of [['tenant-b', made.id] as const, [tenant, createConversationId()] as const]) {
      assert.equal(await conversations.get(owner, id), undefined);
      assert.equal(await conversations.history(owner, id), undefined);
      assert.equal(await conversations.items(owner, id, page), undefined);
      assert.equal(await conversations.items(owner, id, { ...page, after: 'msg_1' }), undefined);
      assert.equal(await conversations.item(owner, id, 'msg_1'), 'no-conversation');
      assert.equal(await conversations.update(owner, id, {}), undefined);
      assert.equal(await conversations.append(owner, id, createItems('x')), false);
      assert.equal(await conversations.deleteItem(owner, id, 'msg_1'), 'no-conversation');
      assert.equal(await conversations.delete(owner, id), false);
    }
    assert.deepEqual((await conversations.history(tenant, made.id))?.items, made.items);
  });

  it("coexists with another tenant's of the same id", async () => {
    await using opened = await open();
    const { conversations } = opened.store;
    const ours = await keepConversation(opened.store, { items: createItems('a') });
    const theirs = await keepConversation(opened.store, { ...ours, tenant: 'tenant-b', items: createItems('b') });
    assert.deepEqual((await conversations.history(tenant, ours.id))?.items, ours.items);
    await conversations.delete(tenant, ours.id);
    assert.deepEqual((await conversations.history('tenant-b', theirs.id))?.items, theirs.items);
  });

  it('is not changed through objects that were passed in or returned', async () => {
    await using opened = await open();
    const { conversations } = opened.store;
    const made = createConversation({ metadata: { a: '1' }, items: createItems('a') });
    const expected = structuredClone(made);
    await conversations.create(made);
    made.metadata['a'] = 'changed';
    made.items.length = 0;
    const stored = await conversations.get(tenant, made.id);
    if (stored) stored.metadata['a'] = 'changed';
    (await conversations.history(tenant, made.id))?.items.pop();
    const given = { b: '2' };
    const updated = await conversations.update(tenant, made.id, given);
    given.b = 'changed';
    if (updated) updated.metadata['b'] = 'changed';
    assert.deepEqual((await conversations.get(tenant, made.id))?.metadata, { b: '2' });
    assert.deepEqual((await conversations.history(tenant, made.id))?.items, expected.items);
  });

  it('changes nothing when an item cannot be written as JSON', async () => {
    await using opened = await open();
    const { conversations } = opened.store;
    const { id } = await keepConversation(opened.store, { items: [createItem('a', 'msg_1')] });
    const bad = [createItem('b', 'msg_2'), { id: 'msg_3', big: 1n }];
    await assert.rejects(conversations.append(tenant, id, bad), TypeError);
    const failed = createConversation({ items: bad });
    await assert.rejects(conversations.create(failed), TypeError);
    assert.equal((await conversations.history(tenant, id))?.items.length, 1);
    assert.equal(await conversations.get(tenant, failed.id), undefined);
  });
}
