import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { ConversationId } from '../../../src/ids.ts';
import type { ConversationStore } from '../../../src/store/conversation-store.ts';
import { createItems, keepConversation } from '../stored-conversation.ts';
import { createStoredResponse, tenant } from '../stored-response.ts';
import type { OpenStore, StoreUnderTest } from './open-store.ts';

const uses: Record<string, (conversations: ConversationStore, id: ConversationId) => Promise<unknown>> = {
  get: (conversations, id) => conversations.get(tenant, id),
  update: (conversations, id) => conversations.update(tenant, id, {}),
  items: (conversations, id) => conversations.items(tenant, id, { limit: 1, order: 'asc' }),
  history: (conversations, id) => conversations.history(tenant, id),
  item: (conversations, id) => conversations.item(tenant, id, 'msg_unknown'),
  append: (conversations, id) => conversations.append(tenant, id, createItems('a')),
  deleteItem: (conversations, id) => conversations.deleteItem(tenant, id, 'msg_unknown'),
};

/** Fills a store of three conversations, uses the first, adds a fourth, and returns which are left. */
async function leftAfter({ store }: StoreUnderTest, use: (id: ConversationId) => Promise<unknown>): Promise<string> {
  const made: ConversationId[] = [];
  for (let index = 0; index < 3; index++) made.push((await keepConversation(store)).id);
  if (made[0]) await use(made[0]);
  made.push((await keepConversation(store)).id);
  const found = await Promise.all(made.map((id) => store.conversations.get(tenant, id)));
  return found.flatMap((conversation, index) => (conversation ? [index] : [])).join(' ');
}

export function conversationEvictTests(open: OpenStore): void {
  it('is evicted when it is the least recently used over the limit', async () => {
    await using opened = await open(3);
    assert.equal(await leftAfter(opened, async () => {}), '1 2 3');
  });

  for (const [name, use] of Object.entries(uses)) {
    it(`stays when ${name} has used it`, async () => {
      await using opened = await open(3);
      const { conversations } = opened.store;
      assert.equal(await leftAfter(opened, (id) => use(conversations, id)), '0 2 3');
    });
  }

  it('stays when a turn was appended to it', async () => {
    await using opened = await open(3);
    const say = (conversationId: ConversationId) =>
      opened.store.responses.put(createStoredResponse({ conversationId }));
    assert.equal(await leftAfter(opened, say), '0 2 3');
  });

  it("is not marked as used by another tenant's reads or by a search for its items", async () => {
    await using opened = await open(3);
    const attempt = async (id: ConversationId) => {
      await opened.store.conversations.get('tenant-b', id);
      await opened.store.responses.findItems(tenant, ['msg_unknown']);
    };
    assert.equal(await leftAfter(opened, attempt), '1 2 3');
  });

  it('frees its slot when it is deleted, and evicts no response', async () => {
    await using opened = await open(2);
    const response = createStoredResponse();
    await opened.store.responses.put(response);
    const [first, second] = [await keepConversation(opened.store), await keepConversation(opened.store)];
    await opened.store.conversations.delete(tenant, second.id);
    await keepConversation(opened.store);
    assert.ok(await opened.store.conversations.get(tenant, first.id));
    assert.ok(await opened.store.responses.get(tenant, response.id));
  });

  it('is removed with its items, and its responses stay', async () => {
    await using opened = await open(1);
    const evicted = await keepConversation(opened.store, { items: [{ id: 'msg_1' }] });
    const response = createStoredResponse({ conversationId: evicted.id });
    await opened.store.responses.put(response);
    await keepConversation(opened.store);
    assert.equal(await opened.store.conversations.get(tenant, evicted.id), undefined);
    assert.equal((await opened.store.responses.findItems(tenant, ['msg_1'])).size, 0);
    assert.equal(await opened.storedCount(), 1);
    assert.deepEqual(await opened.store.responses.get(tenant, response.id), { ...response, conversationId: undefined });
  });
}
