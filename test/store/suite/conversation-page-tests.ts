import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { ConversationId } from '../../../src/ids.ts';
import type { Store } from '../../../src/store/store.ts';
import { createItem, createItems, keepConversation } from '../stored-conversation.ts';
import { createStoredResponse, tenant } from '../stored-response.ts';
import type { OpenStore } from './open-store.ts';

interface Walk {
  id: ConversationId;
  order: 'asc' | 'desc';
  limit: number;
}

/** Returns the texts of each page. */
async function readPages(store: Store, { id, order, limit }: Walk): Promise<unknown[][]> {
  const pages: unknown[][] = [];
  let after: string | undefined;
  for (;;) {
    const page = await store.conversations.items(tenant, id, { order, limit, ...(after ? { after } : {}) });
    assert.ok(typeof page === 'object');
    pages.push(page.data.map((item) => item['text']));
    if (!page.hasMore) return pages;
    after = page.data.at(-1)?.id;
  }
}

export function conversationPageTests(open: OpenStore): void {
  it('returns its items page by page, in both directions', async () => {
    await using opened = await open();
    await keepConversation(opened.store, { items: createItems('uvw'), tenant: 'tenant-b' });
    const { id } = await keepConversation(opened.store, { items: createItems('abc') });
    await keepConversation(opened.store, { items: createItems('xyz'), tenant: 'tenant-b' });
    await opened.store.responses.put(
      createStoredResponse({ conversationId: id, input: createItems('d'), output: createItems('e') }),
    );
    const read = (order: 'asc' | 'desc', limit: number) => readPages(opened.store, { id, order, limit });
    assert.deepEqual(await read('asc', 2), [['a', 'b'], ['c', 'd'], ['e']]);
    assert.deepEqual(await read('desc', 2), [['e', 'd'], ['c', 'b'], ['a']]);
    assert.deepEqual(await read('asc', 5), [['a', 'b', 'c', 'd', 'e']]);
    assert.deepEqual(await read('desc', 4), [['e', 'd', 'c', 'b'], ['a']]);
    assert.deepEqual(await read('desc', 1), [['e'], ['d'], ['c'], ['b'], ['a']]);
  });

  it('returns one empty page without items', async () => {
    await using opened = await open();
    await keepConversation(opened.store, { items: createItems('uvw') });
    const { id } = await keepConversation(opened.store);
    await keepConversation(opened.store, { items: createItems('xyz') });
    assert.deepEqual(await readPages(opened.store, { id, order: 'asc', limit: 3 }), [[]]);
    assert.deepEqual(await readPages(opened.store, { id, order: 'desc', limit: 3 }), [[]]);
  });

  it('has nothing after its last item', async () => {
    await using opened = await open();
    const items = createItems('ab');
    const { id } = await keepConversation(opened.store, { items });
    const after = items.at(-1)?.id ?? '';
    const page = await opened.store.conversations.items(tenant, id, { order: 'asc', limit: 3, after });
    assert.deepEqual(page, { data: [], hasMore: false });
  });

  it('reports an unknown item in after', async () => {
    await using opened = await open();
    const { conversations } = opened.store;
    const { id, items } = await keepConversation(opened.store, { items: createItems('abc') });
    const elsewhere = await keepConversation(opened.store, { items: [createItem('x', 'msg_elsewhere')] });
    const deleted = items[1]?.id ?? '';
    await conversations.deleteItem(tenant, id, deleted);
    for (const order of ['asc', 'desc'] as const) {
      for (const after of ['msg_unknown', '', deleted, elsewhere.items[0]?.id ?? '']) {
        assert.equal(await conversations.items(tenant, id, { order, limit: 3, after }), 'unknown-after');
      }
    }
  });

  it('terminates although item ids repeat', async () => {
    await using opened = await open();
    const texts = Array.from('abcabc');
    const { id } = await keepConversation(opened.store, {
      items: texts.map((text) => createItem(text, `msg_${text}`)),
    });
    assert.deepEqual(await readPages(opened.store, { id, order: 'asc', limit: 3 }), [['a', 'b', 'c'], []]);
    assert.deepEqual(await readPages(opened.store, { id, order: 'desc', limit: 3 }), [['c', 'b', 'a'], []]);
  });
}
