import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Store } from '../../../src/store/store.ts';
import { createStoredChatCompletion } from '../stored-chat-completion.ts';
import { createItems, keepConversation } from '../stored-conversation.ts';
import { createChain, createStoredResponse, tenant } from '../stored-response.ts';
import { beginResponse, beginRun, owner, readLog } from '../stored-run.ts';
import { ids, type OpenStore, openHandles, putAll, turnIds } from './open-store.ts';

const expiresAt = 2_000_000_000;

/** Reaps everything that has expired at a time, except logs. */
const reap = (store: Store, now: number, limit = 100) => store.reap({ now, logsBefore: 0, limit });
/** Reaps logs only. The clocks of backends may differ within the current second. */
const reapLogs = (store: Store, secondsFromNow: number, limit = 100) =>
  store.reap({ now: 0, logsBefore: Math.floor(Date.now() / 1000) + secondsFromNow, limit });

export function expiryTests(open: OpenStore): void {
  it('removes a response from its second on, and not before', async () => {
    await using opened = await open();
    const { store } = opened;
    const response = createStoredResponse({ expiresAt });
    await putAll(store, [response, createStoredResponse({ tenant: 'tenant-b' })]);
    assert.deepEqual(await store.responses.get(tenant, response.id), response, 'with when it expires');
    assert.equal(await reap(store, expiresAt - 1), 0);
    assert.deepEqual(await store.responses.get(tenant, response.id), response);
    assert.equal(await reap(store, expiresAt), 1);
    assert.equal(await store.responses.get(tenant, response.id), undefined);
    assert.equal((await store.responses.findItems(tenant, [response.input[0]?.id ?? ''])).size, 0);
    assert.equal(await reap(store, expiresAt), 0);
    assert.equal(await store.responses.count(), 1);
    assert.equal(await opened.storedCount(), 1);
  });

  it('uses the expiry of a replacement, also when it never expires', async () => {
    await using opened = await open();
    const { store } = opened;
    const [later, never] = [createStoredResponse({ expiresAt }), createStoredResponse({ expiresAt })];
    const { expiresAt: _, ...kept } = never;
    const moved = { ...later, expiresAt: expiresAt + 10 };
    await putAll(store, [later, never, moved, kept]);
    assert.deepEqual(await store.responses.get(tenant, later.id), moved);
    assert.deepEqual(await store.responses.get(tenant, never.id), kept);
    assert.equal(await reap(store, expiresAt + 9), 0);
    assert.equal(await reap(store, expiresAt + 10), 1);
    assert.deepEqual(await store.responses.get(tenant, never.id), kept);
  });

  it('hides a response that its descendants need, and purges it with the last of them', async () => {
    await using opened = await open();
    const { store } = opened;
    const chain = createChain(3).map((response, index) => ({ ...response, expiresAt: expiresAt + index }));
    const last = chain[2];
    assert.ok(last);
    await putAll(store, chain);
    assert.equal(await reap(store, expiresAt + 1), 2);
    assert.equal(await store.responses.count(), 1);
    assert.deepEqual(turnIds(await store.responses.history(tenant, last.id)), ids(chain));
    assert.equal(await opened.storedCount(), 3);
    assert.equal(await reap(store, expiresAt + 2), 1);
    assert.equal(await opened.storedCount(), 0);
  });

  it('removes at most the limit of each kind, oldest first', async () => {
    await using opened = await open();
    const { store } = opened;
    const responses = [4, 1, 3, 0, 2].map((second) => createStoredResponse({ expiresAt: expiresAt + second }));
    await putAll(store, responses);
    for (const second of [1, 0]) {
      await store.chatCompletions.put(createStoredChatCompletion({ expiresAt: expiresAt + second }));
    }
    const left: number[][] = [];
    const removed: number[] = [];
    for (let turn = 0; turn < 4; turn++) {
      removed.push(await reap(store, expiresAt + 10, 2));
      const found = await Promise.all(responses.map(({ id }) => store.responses.get(tenant, id)));
      left.push(found.flatMap((response) => (response?.expiresAt ?? expiresAt) - expiresAt || []));
    }
    assert.deepEqual(removed, [4, 2, 1, 0]);
    assert.deepEqual(left, [[4, 3, 2], [4], [], []]);
  });

  it('removes a chat completion from its second on, and not before', async () => {
    await using opened = await open();
    const { store } = opened;
    const completion = createStoredChatCompletion({ expiresAt });
    const kept = createStoredChatCompletion();
    for (const each of [completion, kept]) await store.chatCompletions.put(each);
    await store.chatCompletions.updateMetadata(tenant, completion.id, { a: 'b' });
    assert.deepEqual(await store.chatCompletions.get(tenant, completion.id), { ...completion, metadata: { a: 'b' } });
    assert.equal(await reap(store, expiresAt - 1), 0);
    assert.equal(await reap(store, expiresAt), 1);
    assert.equal(await store.chatCompletions.get(tenant, completion.id), undefined);
    assert.deepEqual(await store.chatCompletions.get(tenant, kept.id), kept);
  });

  it('removes a conversation with its items from its second on, and leaves its responses', async () => {
    await using opened = await open();
    const { store } = opened;
    const { id, items } = await keepConversation(store, { expiresAt, items: createItems('ab') });
    const kept = await keepConversation(store);
    const response = createStoredResponse({ conversationId: id });
    await store.responses.put(response);
    assert.equal(await reap(store, expiresAt - 1), 0);
    assert.equal((await store.conversations.history(tenant, id))?.items.length, 4);
    assert.equal(await reap(store, expiresAt), 1);
    assert.equal(await store.conversations.get(tenant, id), undefined);
    assert.equal((await store.responses.findItems(tenant, [items[0]?.id ?? ''])).size, 0);
    assert.deepEqual(await store.responses.get(tenant, response.id), { ...response, conversationId: undefined });
    assert.ok(await store.conversations.get(tenant, kept.id));
  });

  it('extends a conversation to the expiry of its last turn', async () => {
    await using opened = await open();
    const { store } = opened;
    const { id } = await keepConversation(store, { expiresAt });
    await store.conversations.append(tenant, id, createItems('a'), expiresAt - 50);
    await store.conversations.append(tenant, id, createItems('b'));
    await store.conversations.append(tenant, id, createItems('c'), expiresAt + 10);
    assert.equal(await reap(store, expiresAt + 9), 0);
    const turn = createStoredResponse({ conversationId: id, expiresAt: expiresAt + 20 });
    await putAll(store, [turn, { ...turn, expiresAt: expiresAt + 99 }]);
    await store.responses.put(createStoredResponse({ conversationId: id, expiresAt: expiresAt + 5 }));
    assert.equal(await reap(store, expiresAt + 19), 1, 'the last response alone');
    assert.equal((await store.conversations.history(tenant, id))?.items.length, 7);
    assert.equal(await reap(store, expiresAt + 20), 1, 'a replaced response says nothing more');
    assert.equal(await store.conversations.get(tenant, id), undefined);
  });

  it('never expires a conversation without an expiry', async () => {
    await using opened = await open();
    const { store } = opened;
    const { id } = await keepConversation(store);
    await store.conversations.append(tenant, id, createItems('a'), expiresAt);
    await store.responses.put(createStoredResponse({ conversationId: id, expiresAt }));
    assert.equal(await reap(store, expiresAt), 1);
    assert.equal((await store.conversations.history(tenant, id))?.items.length, 3);
  });

  it('keeps an expired response until its run has ended, and then removes both', async () => {
    await using opened = await open();
    const { store } = opened;
    const { response, run } = await beginResponse(store, { expiresAt });
    await store.responses.put(createStoredResponse({ parentId: response.id }));
    assert.equal(await reap(store, expiresAt + 1), 0);
    assert.equal(await reapLogs(store, 60), 0);
    assert.equal(await store.runs.append(run, ['"x"']), true);
    assert.equal(await store.runs.end(run, [], response), true);
    assert.equal(await reap(store, expiresAt + 1), 1);
    assert.equal(await store.responses.get(tenant, response.id), undefined);
    assert.equal(await readLog(store, run.id), undefined);
    assert.equal(await opened.storedCount(), 2);
  });

  it('removes the logs of runs that ended before a time, and reports them as expired', async () => {
    await using opened = await open();
    const { store } = opened;
    const { response, run } = await beginResponse(store);
    const bare = await beginRun(store, { events: ['1'] });
    const running = await beginRun(store, { events: ['2'] });
    for (const each of [run, bare]) await store.runs.end(each, ['"last"']);
    assert.equal(await reapLogs(store, -60), 0);
    assert.equal((await readLog(store, run.id))?.events.length, 2);
    assert.equal(await reapLogs(store, 60), 2);
    assert.deepEqual(await readLog(store, run.id), { events: [], state: 'expired' });
    assert.equal(await readLog(store, bare.id), undefined, 'a run without a response goes with its log');
    assert.deepEqual(await readLog(store, running.id), { events: ['2'], state: 'running' });
    assert.equal(await store.runs.append(run, ['"x"']), false);
    assert.equal(await store.runs.end(run, ['"x"'], response), false);
    assert.deepEqual(await store.responses.get(tenant, response.id), response);
    assert.equal(await reapLogs(store, 60), 0);
    await store.responses.delete(tenant, response.id);
    assert.equal(await readLog(store, run.id), undefined);
  });

  it('keeps a run without a stored response, with its log, as long as an idempotency key names it', async () => {
    await using opened = await open();
    const { store } = opened;
    const { run } = await beginResponse(store);
    const bare = await beginRun(store, { events: ['1'] });
    const [named, stored] = [bare, run].map(({ id }) => ({ tenant, key: id, fingerprint: '', id, owner, expiresAt }));
    assert.ok(named && stored);
    await store.leases.renew(owner, 60_000);
    for (const each of [named, stored]) await store.idempotency.reserve(each);
    for (const each of [run, bare]) await store.runs.end(each, ['"last"']);
    assert.equal(await reapLogs(store, 60), 1);
    assert.equal((await readLog(store, run.id))?.state, 'expired', 'what is stored answers its key without a log');
    assert.deepEqual(await readLog(store, bare.id), { events: ['1', '"last"'], state: 'ended' });
    assert.equal((await store.idempotency.reserve(named))?.id, bare.id);
    assert.equal(await reap(store, expiresAt), 2, 'the keys');
    assert.equal(await reapLogs(store, 60), 1);
    assert.equal(await readLog(store, bare.id), undefined);
  });

  it('removes at most the limit of logs', async () => {
    await using opened = await open();
    for (let index = 0; index < 5; index++) {
      await opened.store.runs.end(await beginRun(opened.store, { events: ['1'] }), []);
    }
    const removed: number[] = [];
    for (let turn = 0; turn < 4; turn++) removed.push(await reapLogs(opened.store, 60, 2));
    assert.deepEqual(removed, [2, 2, 1, 0]);
  });

  it('removes each entry once when two handles reap concurrently', async () => {
    await using opened = await open();
    const [one, two] = await openHandles(opened);
    await putAll(
      one,
      Array.from({ length: 20 }, () => createStoredResponse({ expiresAt })),
    );
    const removed = await Promise.all([reap(one, expiresAt, 15), reap(two, expiresAt, 15)]);
    const rest = await reap(two, expiresAt, 15);
    assert.equal(removed[0] + removed[1] + rest, 20);
    assert.equal(await one.responses.count(), 0);
  });
}
