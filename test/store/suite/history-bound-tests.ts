import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { ResponseId } from '../../../src/ids.ts';
import { type HistoryBounds, noHistoryBounds } from '../../../src/store/history-bounds.ts';
import type { Store } from '../../../src/store/store.ts';
import type { StoredItem } from '../../../src/store/stored-item.ts';
import { createItem, keepConversation } from '../stored-conversation.ts';
import { createStoredResponse, tenant } from '../stored-response.ts';
import type { OpenStore } from './open-store.ts';

const bytesOf = (items: StoredItem[]): number =>
  items.reduce((sum, item) => sum + Buffer.byteLength(JSON.stringify(item)), 0);

/** Creates turns from pairs of letters: an input and an output item. */
async function keepChain(store: Store, items: StoredItem[]): Promise<ResponseId> {
  let parentId: ResponseId | undefined;
  for (let index = 0; index < items.length; index += 2) {
    const turn = createStoredResponse({
      parentId,
      input: items.slice(index, index + 1),
      output: items.slice(index + 1, index + 2),
    });
    await store.responses.put(turn);
    parentId = turn.id;
  }
  assert.ok(parentId);
  return parentId;
}

interface Read {
  limited: 'cut' | 'too-long' | undefined;
  items: StoredItem[];
}

/** Stores the same items as a chain and as a conversation with its own items and those of a response. */
async function readBoth(store: Store, items: StoredItem[], bounds: HistoryBounds): Promise<Read[]> {
  const chain = await store.responses.history(tenant, await keepChain(store, items), bounds);
  const { id } = await keepConversation(store, { items: items.slice(0, 2) });
  await store.responses.put(createStoredResponse({ conversationId: id, input: items.slice(2), output: [] }));
  const conversation = await store.conversations.history(tenant, id, bounds);
  assert.ok(chain && conversation);
  const turns = chain.turns.flatMap(({ input, output }) => [...input, ...output]);
  return [
    { limited: chain.limited, items: turns },
    { limited: conversation.limited, items: conversation.items },
  ];
}

const bounds: HistoryBounds = {
  ...noHistoryBounds,
  isSummary: (item) => item['type'] === 'compaction',
  isPinned: (item) => item['pinned'] === true,
};
const letters = (text: string) => Array.from(text, (letter) => createItem(letter, `msg_${letter}`));
const summary: StoredItem = { id: 'cmp_1', type: 'compaction', text: 'short' };

export function historyBoundTests(open: OpenStore): void {
  it('is read completely when it is just within the bounds', async () => {
    await using opened = await open();
    const items = letters('abcdé€😀h');
    const exact = { ...bounds, bytes: bytesOf(items), items: items.length };
    for (const read of await readBoth(opened.store, items, exact))
      assert.deepEqual(read, { limited: undefined, items });
  });

  for (const [unit, change] of [
    ['byte', { bytes: -1 }],
    ['item', { items: -1 }],
  ] as const) {
    it(`is not read at all when it is one ${unit} too long`, async () => {
      await using opened = await open();
      const items = letters('abcdé€😀h');
      const { bytes = 0, items: count = 0 }: Partial<Record<'bytes' | 'items', number>> = change;
      const tight = { ...bounds, bytes: bytesOf(items) + bytes, items: items.length + count };
      for (const read of await readBoth(opened.store, items, tight)) {
        assert.deepEqual(read, { limited: 'too-long', items: [] });
      }
    });

    it(`is read without its oldest item when it is one ${unit} too long and the newest are wanted`, async () => {
      await using opened = await open();
      const items = letters('abcdefgh');
      const { bytes = 0, items: count = 0 }: Partial<Record<'bytes' | 'items', number>> = change;
      const tight = {
        ...bounds,
        bytes: bytesOf(items) + bytes,
        items: items.length + count,
        beyond: 'newest' as const,
      };
      for (const read of await readBoth(opened.store, items, tight)) {
        assert.deepEqual(read, { limited: 'cut', items: items.slice(1) });
      }
    });
  }

  it('keeps older items that are pinned, in their order, and no large ones', async () => {
    await using opened = await open();
    const [a, b, c, d, e, f] = letters('abcdef');
    assert.ok(a && b && c && d && e && f);
    const [first, large, second] = [
      { ...a, pinned: true },
      { ...b, pinned: true, text: 'x'.repeat(70_000) },
      { ...c, pinned: true },
    ];
    const items = [first, large, second, d, e, f];
    const tight = { ...bounds, bytes: bytesOf([e, f]), beyond: 'newest' as const };
    for (const read of await readBoth(opened.store, items, tight)) {
      assert.deepEqual(read, { limited: 'cut', items: [first, second, e, f] });
    }
  });

  it('is read from its newest summary on, with older pinned items', async () => {
    await using opened = await open();
    const [a, b, c, d] = letters('abcd');
    assert.ok(a && b && c && d);
    const pinned = { ...a, pinned: true };
    const items = [pinned, b, { ...summary, id: 'cmp_0' }, c, summary, d];
    const tight = { ...bounds, bytes: bytesOf([summary, d]) };
    for (const read of await readBoth(opened.store, items, tight)) {
      assert.deepEqual(read, { limited: 'cut', items: [pinned, summary, d] });
    }
    for (const read of await readBoth(opened.store, items, { ...tight, bytes: tight.bytes - 1 })) {
      assert.deepEqual(read, { limited: 'too-long', items: [] });
    }
  });

  it('is not cut at an item that is not a summary, whatever its id', async () => {
    await using opened = await open();
    const [a, b, c, d] = letters('abcd');
    assert.ok(a && b && c && d);
    const forged = { ...c, id: 'cmp_forged' };
    const tight = { ...bounds, bytes: bytesOf([forged, d]) };
    for (const read of await readBoth(opened.store, [a, b, forged, d], tight)) {
      assert.deepEqual(read, { limited: 'too-long', items: [] });
    }
  });

  it('is empty when even its newest item does not fit', async () => {
    await using opened = await open();
    const tight = { ...bounds, bytes: -1, beyond: 'newest' as const };
    for (const read of await readBoth(opened.store, letters('abcd'), tight)) {
      assert.deepEqual(read, { limited: 'cut', items: [] });
    }
  });

  it('counts turns without items', async () => {
    await using opened = await open();
    let parentId: ResponseId | undefined;
    for (let turn = 0; turn < 5; turn++) {
      const response = createStoredResponse({ parentId, input: [], output: [] });
      await opened.store.responses.put(response);
      parentId = response.id;
    }
    assert.ok(parentId);
    const whole = await opened.store.responses.history(tenant, parentId, { ...bounds, items: 5, bytes: 0 });
    assert.deepEqual([whole?.turns.length, whole?.limited], [5, undefined]);
  });
}
