import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { ChatCompletionId } from '../../../src/ids.ts';
import type { ChatCompletionQuery, StoredChatCompletion } from '../../../src/store/chat-completion-store.ts';
import type { Store } from '../../../src/store/store.ts';
import { createStoredChatCompletion, toListed } from '../stored-chat-completion.ts';
import { tenant } from '../stored-response.ts';
import type { OpenStore } from './open-store.ts';

async function putEach(store: Store, each: Partial<StoredChatCompletion>[]): Promise<StoredChatCompletion[]> {
  const completions = each.map((fields) => createStoredChatCompletion(fields));
  for (const completion of completions) await store.chatCompletions.put(completion);
  return completions;
}

/** Returns the ids of each page. */
async function readPages(store: Store, query: ChatCompletionQuery): Promise<ChatCompletionId[][]> {
  const pages: ChatCompletionId[][] = [];
  let after = query.after;
  for (;;) {
    const page = await store.chatCompletions.list(tenant, { ...query, ...(after ? { after } : {}) });
    assert.ok(typeof page === 'object');
    pages.push(page.data.map(({ id }) => id));
    if (!page.hasMore) return pages;
    after = page.data.at(-1)?.id;
  }
}

const idsOf = (...completions: (StoredChatCompletion | undefined)[]) => completions.map((completion) => completion?.id);

export function chatCompletionListTests(open: OpenStore): void {
  it('returns completions without their messages', async () => {
    await using opened = await open();
    const completions = await putEach(opened.store, [
      { metadata: { a: '1' } },
      { model: 'model-b', resource: { x: 1 } },
    ]);
    assert.deepEqual(await opened.store.chatCompletions.list(tenant, { limit: 2, order: 'asc' }), {
      data: completions.map(toListed),
      hasMore: false,
    });
  });

  it('is ordered by the time of creation, then by the first put, in both directions', async () => {
    await using opened = await open();
    const [c, a, d, b] = await putEach(opened.store, [
      { createdAt: 2 },
      { createdAt: 1 },
      { createdAt: 2 },
      { createdAt: 1 },
    ]);
    await putEach(opened.store, [{ tenant: 'tenant-b', createdAt: 1 }]);
    assert.deepEqual(await readPages(opened.store, { order: 'asc', limit: 2 }), [idsOf(a, b), idsOf(c, d)]);
    assert.deepEqual(await readPages(opened.store, { order: 'desc', limit: 3 }), [idsOf(d, c, b), idsOf(a)]);
    assert.deepEqual(
      await readPages(opened.store, { order: 'asc', limit: 1 }),
      [a, b, c, d].map((one) => idsOf(one)),
    );
    assert.deepEqual(await readPages(opened.store, { order: 'asc', limit: 4 }), [idsOf(a, b, c, d)]);
    assert.ok(c);
    await opened.store.chatCompletions.put(c);
    assert.deepEqual(
      await readPages(opened.store, { order: 'desc', limit: 4 }),
      [idsOf(d, c, b, a)],
      'replaced in place',
    );
  });

  it('is empty without completions', async () => {
    await using opened = await open();
    for (const order of ['asc', 'desc'] as const) {
      assert.deepEqual(await readPages(opened.store, { order, limit: 3 }), [[]]);
    }
  });

  it('filters by model', async () => {
    await using opened = await open();
    const [a, , c, d] = await putEach(opened.store, [{}, { model: 'model-b' }, {}, {}]);
    const query = { order: 'asc', limit: 2, model: 'model-a' } as const;
    assert.deepEqual(await readPages(opened.store, query), [idsOf(a, c), idsOf(d)]);
    assert.deepEqual(await readPages(opened.store, { ...query, limit: 3 }), [idsOf(a, c, d)]);
    assert.deepEqual(await readPages(opened.store, { ...query, model: 'MODEL-A' }), [[]]);
  });

  it('filters by all pairs of the metadata', async () => {
    await using opened = await open();
    const [a, b, , d] = await putEach(opened.store, [
      { metadata: { team: 'red', task: 'sum' } },
      { metadata: { team: 'red', task: 'sum', more: '' } },
      { metadata: { team: 'blue', task: 'sum' } },
      { metadata: { team: 'red' } },
    ]);
    const read = (metadata: Record<string, string>) => readPages(opened.store, { order: 'asc', limit: 5, metadata });
    assert.deepEqual(await read({ team: 'red', task: 'sum' }), [idsOf(a, b)]);
    assert.deepEqual(await read({ team: 'red' }), [idsOf(a, b, d)]);
    assert.deepEqual(await read({ more: '' }), [idsOf(b)]);
    assert.deepEqual(await read({ team: 'green' }), [[]]);
    assert.equal((await read({}))[0]?.length, 4);
    for (const name of ['toString', '__proto__', 'a"b', '$']) assert.deepEqual(await read({ [name]: 'x' }), [[]]);
  });

  it('continues after a completion that does not match the filters', async () => {
    await using opened = await open();
    const [, b, c] = await putEach(opened.store, [{}, { model: 'model-b' }, {}]);
    const query = { order: 'asc', limit: 5, model: 'model-a', after: b?.id ?? '' } as const;
    assert.deepEqual(await readPages(opened.store, query), [idsOf(c)]);
  });

  it('reports an unknown completion in after', async () => {
    await using opened = await open();
    const [stored] = await putEach(opened.store, [{}, {}]);
    const [theirs] = await putEach(opened.store, [{ tenant: 'tenant-b' }]);
    const [deleted] = await putEach(opened.store, [{}]);
    assert.ok(stored && theirs && deleted);
    await opened.store.chatCompletions.delete(tenant, deleted.id);
    for (const after of ['chatcmpl-unknown', '', theirs.id, deleted.id]) {
      for (const order of ['asc', 'desc'] as const) {
        const page = await opened.store.chatCompletions.list(tenant, { order, limit: 5, after });
        assert.equal(page, 'unknown-after');
      }
    }
  });
}
