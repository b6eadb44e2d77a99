import assert from 'node:assert/strict';
import { it } from 'node:test';
import { limits } from '../../../src/config/limits.ts';
import type { Page, PageRequest, PageResult } from '../../../src/store/page.ts';
import { createStoredChatCompletion } from '../stored-chat-completion.ts';
import { createItem, keepConversation } from '../stored-conversation.ts';
import { createStoredResponse, tenant } from '../stored-response.ts';
import { beginRun } from '../stored-run.ts';
import type { OpenStore } from './open-store.ts';

const part = (of: number) => 'x'.repeat(Math.floor(limits.pageBytes / of));

/** Returns the number of entries of each page. */
async function countPages(
  order: 'asc' | 'desc',
  read: (request: PageRequest) => Promise<PageResult<{ id: string }> | undefined>,
): Promise<number[]> {
  const counts: number[] = [];
  let page: Page<{ id: string }> | undefined;
  do {
    const after = page?.data.at(-1)?.id;
    const next = await read({ order, limit: 100, ...(after === undefined ? {} : { after }) });
    assert.ok(typeof next === 'object');
    page = next;
    counts.push(page.data.length);
  } while (page.hasMore && counts.length < 20);
  return counts;
}

export function pageBoundTests(open: OpenStore): void {
  it('holds as many items as fit, and a single item larger than a page', async () => {
    await using opened = await open();
    const { conversations, responses } = opened.store;
    const items = [part(3), part(3), 'small', `${part(1)}x`, 'small', part(3)].map((text) => createItem(text));
    const { id } = await keepConversation(opened.store, { items });
    await responses.put(createStoredResponse({ conversationId: id, input: [createItem(part(2))], output: [] }));
    const read = (request: PageRequest) => conversations.items(tenant, id, request);
    assert.deepEqual(await countPages('asc', read), [3, 1, 3]);
    assert.deepEqual(await countPages('desc', read), [3, 1, 3]);
    const first = await read({ order: 'asc', limit: 2 });
    assert.deepEqual(first, { data: items.slice(0, 2), hasMore: true });
  });

  it('holds as many chat completions as fit', async () => {
    await using opened = await open();
    const { chatCompletions } = opened.store;
    for (const [index, text] of [part(3), part(3), 'small', `${part(1)}x`, 'small'].entries()) {
      const createdAt = 1_700_000_000 + Math.floor(index / 2);
      await chatCompletions.put(createStoredChatCompletion({ createdAt, resource: { text } }));
      await chatCompletions.put(createStoredChatCompletion({ createdAt, model: 'model-b', resource: { text } }));
    }
    const read = (request: PageRequest) => chatCompletions.list(tenant, { ...request, model: 'model-a' });
    assert.deepEqual(await countPages('asc', read), [3, 1, 1]);
    assert.deepEqual(await countPages('desc', read), [1, 1, 3]);
  });

  it('holds the events of a log up to the one that fills it, and reports that more follow', async () => {
    await using opened = await open();
    const { runs } = opened.store;
    const large = `"${'x'.repeat(limits.logPageBytes / 2)}"`;
    const events = ['0', large, '2', large, '4', large, '6'];
    const run = await beginRun(opened.store);
    for (const event of events) await runs.append(run, [event]);
    const pages: number[] = [];
    const read: string[] = [];
    for (let isCut: boolean | undefined = true; isCut && pages.length < 20; ) {
      const page = await runs.read(tenant, run.id, { after: read.length - 1, limit: 100 });
      assert.equal(page?.state, 'running');
      ({ isCut } = page);
      pages.push(page.events.length);
      read.push(...page.events);
    }
    assert.deepEqual(pages, [4, 3]);
    assert.deepEqual(read, events);
    assert.deepEqual(await runs.read(tenant, run.id, { after: 2, limit: 2 }), {
      events: events.slice(3, 5),
      state: 'running',
    });
  });
}
