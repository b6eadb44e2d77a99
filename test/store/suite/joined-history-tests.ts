import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { HistoryBounds } from '../../../src/store/history-bounds.ts';
import { noHistoryBounds } from '../../../src/store/history-bounds.ts';
import type { ResponseStore, StoredHistory, StoredResponse, TurnFragment } from '../../../src/store/response-store.ts';
import { createChain, createStoredResponse, tenant } from '../stored-response.ts';
import { type OpenStore, openHandles, putAll, turnIds } from './open-store.ts';

const toFragment = (name: string, fields: Partial<TurnFragment> = {}): TurnFragment => ({
  messages: `{"text":"é ${name}"},{"text":"\\u0000"}`,
  system: '',
  openCalls: [],
  ...fields,
});

/** Creates a chain whose turns have fragments with these names, oldest first. */
const createFragments = (...names: string[]): StoredResponse[] =>
  createChain(names.length).map((response, index) => ({ ...response, fragment: toFragment(names[index] ?? '') }));

const joins: HistoryBounds = { ...noHistoryBounds, joinedItems: noHistoryBounds.items };

const read = (responses: ResponseStore, response: StoredResponse | undefined, bounds: Partial<HistoryBounds> = {}) =>
  responses.history(tenant, response?.id ?? 'resp_none', { ...joins, ...bounds });

/** Returns the names of the fragments; `undefined`: the history is not joined. */
function namesOf(history: StoredHistory | undefined): string[] | undefined {
  if (!history?.joined) return undefined;
  assert.deepEqual(history.turns, []);
  const messages: { text: string }[] = JSON.parse(`[${history.joined.messages}]`);
  return messages.flatMap(({ text }) => (text === '\0' ? [] : text.slice(2)));
}

export function joinedHistoryTests(open: OpenStore): void {
  it('has the fragments of a chain, oldest first, with the system messages and the open calls of the last', async () => {
    await using opened = await open();
    const chain = createFragments('a', 'b', 'c');
    const [first, second, third] = chain;
    assert.ok(first && second && third);
    first.fragment = toFragment('a', { system: '"Be brief.","Be kind."', openCalls: ['old'] });
    second.fragment = toFragment('', { messages: '', system: '"Be quick."' });
    third.fragment = toFragment('c', { openCalls: ['one', 'two'] });
    await putAll(opened.store, chain);
    const history = await read(opened.store.responses, third);
    assert.deepEqual(namesOf(history), ['a', 'c']);
    assert.deepEqual(history?.joined?.system, ['Be brief.', 'Be kind.', 'Be quick.']);
    assert.deepEqual(history?.joined?.openCalls, ['one', 'two']);
    assert.equal(history?.sessionId, third.sessionId);
  });

  it('has the items when no fragments are wanted', async () => {
    await using opened = await open();
    const chain = createFragments('a', 'b');
    await putAll(opened.store, chain);
    const history = await opened.store.responses.history(tenant, chain[1]?.id ?? 'resp_none');
    assert.equal(history?.joined, undefined);
    assert.equal(history?.turns.length, 2);
  });

  it('grows turn by turn, and branches', async () => {
    await using opened = await open();
    const { responses } = opened.store;
    const chain = createFragments('a', 'b', 'c', 'd', 'e');
    for (const [index, response] of chain.entries()) {
      await responses.put(response);
      assert.deepEqual(namesOf(await read(responses, response)), ['a', 'b', 'c', 'd', 'e'].slice(0, index + 1));
    }
    const branch = createStoredResponse({ parentId: chain[1]?.id, fragment: toFragment('x') });
    await responses.put(branch);
    assert.deepEqual(namesOf(await read(responses, branch)), ['a', 'b', 'x']);
    assert.deepEqual(namesOf(await read(responses, chain[4])), ['a', 'b', 'c', 'd', 'e']);
    assert.deepEqual(namesOf(await read(responses, chain[2])), ['a', 'b', 'c']);
  });

  it('has the items after a turn without a fragment', async () => {
    await using opened = await open();
    const chain = createFragments('a', 'b', 'c');
    delete chain[1]?.fragment;
    await putAll(opened.store, chain);
    assert.deepEqual(namesOf(await read(opened.store.responses, chain[0])), ['a']);
    for (const response of chain.slice(1)) {
      const history = await read(opened.store.responses, response);
      assert.equal(history?.joined, undefined);
      assert.deepEqual(turnIds(history)?.at(-1), response.id);
    }
  });

  it('has the items beyond its bounds, of items and of their bytes', async () => {
    await using opened = await open();
    const { responses } = opened.store;
    const chain = createFragments('a', 'b', 'c');
    await putAll(opened.store, chain);
    const items = chain.flatMap(({ input, output }) => [...input, ...output]);
    const bytes = items.reduce((sum, item) => sum + Buffer.byteLength(JSON.stringify(item)), 0);
    assert.deepEqual(namesOf(await read(responses, chain[2], { joinedItems: 6, bytes })), ['a', 'b', 'c']);
    for (const bounds of [{ joinedItems: 5 }, { bytes: bytes - 1 }]) {
      assert.equal(namesOf(await read(responses, chain[2], bounds)), undefined);
      assert.deepEqual(namesOf(await read(responses, chain[1], bounds)), ['a', 'b']);
    }
  });

  it('is unknown once its last response is deleted, by any handle, and needs no other to be visible', async () => {
    await using opened = await open();
    const [one, another] = await openHandles(opened);
    const chain = createFragments('a', 'b', 'c');
    await putAll(one, chain);
    assert.deepEqual(namesOf(await read(one.responses, chain[1])), ['a', 'b']);
    await another.responses.delete(tenant, chain[1]?.id ?? 'resp_none');
    assert.equal(await read(one.responses, chain[1]), undefined);
    assert.deepEqual(namesOf(await read(one.responses, chain[2])), ['a', 'b', 'c']);
    assert.deepEqual(namesOf(await read(another.responses, chain[2])), ['a', 'b', 'c']);
    await another.responses.delete(tenant, chain[2]?.id ?? 'resp_none');
    assert.equal(await read(one.responses, chain[2]), undefined);
  });

  it('is not that of another tenant', async () => {
    await using opened = await open();
    const [response] = createFragments('a');
    assert.ok(response);
    await putAll(opened.store, [response, { ...response, tenant: 'tenant-b', fragment: toFragment('b') }]);
    assert.deepEqual(namesOf(await read(opened.store.responses, response)), ['a']);
    const other = await opened.store.responses.history('tenant-b', response.id, joins);
    assert.deepEqual(namesOf(other), ['b']);
  });

  it('does not begin with a fragment whose parent was purged', async () => {
    await using opened = await open();
    const [first, second] = createFragments('a', 'b');
    assert.ok(first && second);
    await opened.store.responses.put(first);
    await opened.store.responses.delete(tenant, first.id);
    await opened.store.responses.put(second);
    const history = await read(opened.store.responses, second);
    assert.equal(history?.joined, undefined);
    assert.deepEqual(turnIds(history), [second.id]);
  });

  it('follows the replacement of its last response, and ends with one that has no fragment', async () => {
    await using opened = await open();
    const { responses } = opened.store;
    const chain = createFragments('a', 'b', 'c');
    await putAll(opened.store, chain.slice(0, 2));
    assert.deepEqual(namesOf(await read(responses, chain[1])), ['a', 'b']);
    await putAll(
      opened.store,
      chain.slice(1, 2).map((response) => ({ ...response, fragment: toFragment('other') })),
    );
    assert.deepEqual(namesOf(await read(responses, chain[1])), ['a', 'other']);
    await putAll(
      opened.store,
      chain.slice(1, 2).map(({ fragment: _, ...response }) => response),
    );
    await putAll(opened.store, chain.slice(2));
    assert.equal(namesOf(await read(responses, chain[2])), undefined);
  });

  it('counts as stored, until its responses are deleted', async () => {
    await using opened = await open();
    const { store } = opened;
    const [bare, kept] = [createStoredResponse(), createStoredResponse()];
    await store.responses.put(bare);
    const before = await store.storedBytes(tenant);
    const fragment = { messages: `"${'é'.repeat(5000)}"`, system: `"${'é'.repeat(5000)}"`, openCalls: [] };
    await store.responses.put({ ...kept, fragment });
    assert.equal(await store.storedBytes(tenant), before * 2 + 2 * 10_002);
    for (const { id } of [bare, kept]) await store.responses.delete(tenant, id);
    assert.equal(await store.storedBytes(tenant), 0);
  });
}
