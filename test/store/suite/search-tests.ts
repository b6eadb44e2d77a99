import assert from 'node:assert/strict';
import { it } from 'node:test';
import { limits } from '../../../src/config/limits.ts';
import { createConversationId, createResponseId } from '../../../src/ids.ts';
import type { FoundResult } from '../../../src/store/found-page.ts';
import type { ResponseQuery, StoredResponse } from '../../../src/store/response-store.ts';
import type { Store } from '../../../src/store/store.ts';
import { createItems, keepConversation } from '../stored-conversation.ts';
import { createChain, createStoredResponse, tenant } from '../stored-response.ts';
import { ids, type OpenStore, openHandles, putAll } from './open-store.ts';

function toPage<Entry>(page: FoundResult<Entry>) {
  assert.ok(page !== 'unknown-after');
  return page;
}

async function findIds({ responses }: Store, query: Partial<ResponseQuery>): Promise<string[]> {
  return toPage(await responses.search({ limit: 100, ...query })).data.map(({ id }) => id);
}

const say = (content: unknown, role = 'user') => ({ id: `msg_${Math.random()}`, type: 'message', role, content });

export function searchTests(open: OpenStore): void {
  it('finds responses of all tenants, newest first, in pages that deletions do not disturb', async () => {
    await using opened = await open();
    const [store, another] = await openHandles(opened);
    const conversation = await keepConversation(store);
    const conversationId = conversation.id;
    const parts = [{ type: 'input_image' }, { type: 'input_text', text: 'x'.repeat(limits.foundTextCharacters + 1) }];
    const first = createStoredResponse({ input: [say('rules', 'developer'), say(parts)] });
    const second = createStoredResponse({ parentId: first.id, resource: { model: 'm', status: 'completed' } });
    const third = createStoredResponse({ tenant: 'tenant-b', input: [] });
    const fourth = createStoredResponse({ conversationId, createdAt: 1 });
    await putAll(store, [first, second, third, fourth]);
    const page = toPage(await another.responses.search({ limit: 3 }));
    assert.deepEqual(page.data, [
      { id: fourth.id, tenant, conversationId, createdAt: 1, inputText: 'Hello' },
      { id: third.id, tenant: 'tenant-b', createdAt: third.createdAt },
      {
        ...{ id: second.id, tenant, parentId: first.id, createdAt: second.createdAt },
        ...{ model: 'm', status: 'completed', inputText: 'Hello' },
      },
    ]);
    await store.responses.delete(tenant, second.id);
    const rest = toPage(await another.responses.search({ limit: 3, after: page.next }));
    const inputText = 'x'.repeat(limits.foundTextCharacters);
    assert.deepEqual(rest, { data: [{ id: first.id, tenant, createdAt: first.createdAt, inputText }] });
    assert.deepEqual(await findIds(store, { tenant }), ids([fourth, first]));
    assert.deepEqual(await findIds(store, { id: third.id }), [third.id]);
    assert.deepEqual(await findIds(store, { id: third.id, tenant }), []);
    assert.deepEqual(await findIds(store, { id: second.id }), [], 'deleted');
    assert.deepEqual(await findIds(store, { conversationId }), [fourth.id]);
    assert.deepEqual(await findIds(store, { conversationId, id: first.id }), []);
    assert.deepEqual(await findIds(store, { conversationId: createConversationId() }), []);
    assert.equal(await store.responses.search({ limit: 1, after: 'x' }), 'unknown-after');
    await store.conversations.delete(tenant, conversationId);
    assert.deepEqual(await findIds(store, { conversationId }), []);
  });

  it('finds a text in any case, in the input and the output', async () => {
    await using opened = await open();
    const { store } = opened;
    const input = createStoredResponse({ input: [say('The Quick "Brown" fox\n100%')] });
    const output = createStoredResponse({ output: [say('a QUICK_ answer \u0000 naïve', 'assistant')] });
    const other = createStoredResponse({ input: [say('quiet')], tenant: 'tenant-b' });
    await putAll(store, [input, output, other]);
    const cases: [string, StoredResponse[]][] = [
      ['quick', [output, input]],
      ['QUI', [other, output, input]],
      ['"brown" FOX\n', [input]],
      ['0%', [input]],
      ['quick_', [output]],
      ['q%k', []],
      ['quic_', []],
      ['\u0000 naïve', [output]],
      ['\\', []],
    ];
    for (const [text, expected] of cases) assert.deepEqual(await findIds(store, { text }), ids(expected), text);
    assert.deepEqual(await findIds(store, { text: 'qui', tenant: 'tenant-b' }), [other.id]);
    assert.deepEqual(await findIds(store, { text: 'qui', id: input.id }), [input.id]);
    const page = toPage(await store.responses.search({ text: 'qui', limit: 1 }));
    const next = toPage(await store.responses.search({ text: 'qui', limit: 5, after: page.next }));
    assert.deepEqual(
      next.data.map(({ id }) => id),
      ids([output, input]),
    );
  });

  it('reads the tree of a response, with its forks and hidden responses', async () => {
    await using opened = await open();
    const { store } = opened;
    const chain = createChain(3);
    const [root, middle, last] = chain;
    assert.ok(root && middle && last);
    const fork = createStoredResponse({ parentId: root.id });
    const [leaf] = createChain(1, fork.id);
    assert.ok(leaf);
    await putAll(store, [...chain, fork, leaf, createStoredResponse()]);
    await store.responses.delete(tenant, middle.id);
    const node = ({ id, parentId, createdAt }: StoredResponse, isVisible = true) => ({
      ...(parentId === undefined ? {} : { parentId }),
      ...{ id, createdAt, isVisible },
    });
    const nodes = [node(root), node(middle, false), node(last), node(fork), node(leaf)];
    for (const { id } of [root, last, leaf]) {
      assert.deepEqual(await store.responses.tree(tenant, id, 10), { nodes, isCut: false });
      assert.deepEqual(await store.responses.tree(tenant, id, 5), { nodes, isCut: false });
    }
    const cut = await store.responses.tree(tenant, leaf.id, 4);
    assert.deepEqual(cut, { nodes: [node(root), node(middle, false), node(fork), node(leaf)], isCut: true });
    const short = await store.responses.tree(tenant, leaf.id, 2);
    assert.deepEqual(short, { nodes: [node(fork), node(leaf)], isCut: true });
    assert.equal(await store.responses.tree(tenant, middle.id, 10), undefined);
    assert.equal(await store.responses.tree('tenant-b', root.id, 10), undefined);
    assert.equal(await store.responses.tree(tenant, createResponseId(), 10), undefined);
  });

  it('finds conversations, most recently used first', async () => {
    await using opened = await open();
    const [store, another] = await openHandles(opened);
    const first = await keepConversation(store, { metadata: { a: 'b' } });
    const second = await keepConversation(store, { items: createItems('abc') });
    const third = await keepConversation(store, { tenant: 'tenant-b' });
    await another.conversations.append(tenant, first.id, createItems('d'));
    const search = async (query: object) => toPage(await another.conversations.search({ limit: 10, ...query }));
    const found = ({ id, createdAt, metadata, tenant: owner }: typeof first, items: number) => ({
      ...{ id, tenant: owner, createdAt, metadata, items },
    });
    const [a, b, c] = [found(first, 1), found(third, 0), found(second, 3)];
    assert.deepEqual(await search({}), { data: [a, b, c] });
    const page = await search({ limit: 2 });
    assert.deepEqual(page.data, [a, b]);
    await store.conversations.delete('tenant-b', third.id);
    assert.deepEqual(await search({ limit: 2, after: page.next }), { data: [c] });
    assert.deepEqual(await search({ tenant: 'tenant-b' }), { data: [] });
    assert.deepEqual(await search({ id: second.id }), { data: [c] });
    assert.deepEqual(await search({ id: second.id, tenant: 'tenant-b' }), { data: [] });
    assert.equal(await store.conversations.search({ limit: 1, after: '-1' }), 'unknown-after');
  });
}
