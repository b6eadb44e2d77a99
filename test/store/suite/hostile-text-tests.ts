import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { ChatCompletionId, ConversationId, ResponseId } from '../../../src/ids.ts';
import type { Store } from '../../../src/store/store.ts';
import { createStoredChatCompletion, toListed } from '../stored-chat-completion.ts';
import { createItem, keepConversation } from '../stored-conversation.ts';
import { createStoredResponse, tenant } from '../stored-response.ts';
import type { OpenStore } from './open-store.ts';

const named: Record<string, string> = {
  NUL: 'a\0b',
  'NUL alone': '\0',
  'a lone high surrogate': 'a\ud800',
  'another lone surrogate': 'a\udfff',
  'the replacement character': 'a\ufffd',
  'a pair of surrogates': 'a\u{1f600}',
  'the separator of sequences': '\u001ea\u001e',
  'what a held text looks like': '\u001e"a\\u0000b"',
  'ten kilobytes': 'x'.repeat(10_240),
  'ten kilobytes and NUL': `${'x'.repeat(10_240)}\0`,
  quotes: `'"\`; DROP TABLE items; --`,
  backslashes: '\\\\u0000\\',
  wildcards: '%_*?',
  'right to left': '\u202eאב',
  'an empty text': '',
};

const texts = Object.values(named);

export function hostileTextTests(open: OpenStore): void {
  it('returns content unchanged', async () => {
    await using opened = await open();
    const { store } = opened;
    for (const text of texts) {
      const item = createItem(text, `msg_${text}`);
      const response = createStoredResponse({ input: [item], resource: { [text]: text, instructions: text } });
      await store.responses.put(response);
      assert.deepEqual(await store.responses.get(tenant, response.id), response);
      assert.equal((await store.responses.history(tenant, response.id))?.instructions, text);
      const { id } = await keepConversation(store, { items: [item], metadata: { key: text, [text]: 'value' } });
      assert.deepEqual((await store.conversations.get(tenant, id))?.metadata, { key: text, [text]: 'value' });
      assert.deepEqual((await store.conversations.history(tenant, id))?.items, [item]);
      await keepCompletion(store, text);
      await keepLog(store, text);
    }
  });

  it('finds an item by its id, and no other', async () => {
    await using opened = await open();
    const { responses, conversations } = opened.store;
    for (const text of texts) {
      const items = texts.map((other) => createItem(other, other));
      const { id } = await keepConversation(opened.store, { items });
      assert.deepEqual(await responses.findItems(tenant, [text]), new Map([[text, createItem(text, text)]]));
      await responses.put(createStoredResponse({ input: items }));
      assert.deepEqual(await responses.findItems(tenant, [text]), new Map([[text, createItem(text, text)]]));
      const bytes = Buffer.byteLength(JSON.stringify(createItem(text, text)));
      assert.deepEqual(await responses.measureItems(tenant, [text]), new Map([[text, bytes]]));
      assert.deepEqual(await conversations.item(tenant, id, text), createItem(text, text));
      const page = await conversations.items(tenant, id, { after: text, limit: 100, order: 'asc' });
      assert.deepEqual(page, { data: items.slice(items.findIndex((item) => item.id === text) + 1), hasMore: false });
      assert.equal(await conversations.deleteItem(tenant, id, text), 'deleted');
      assert.equal(await conversations.item(tenant, id, text), 'no-item');
      assert.equal((await conversations.history(tenant, id))?.items.length, items.length - 1);
    }
  });

  it('treats an unusual id as unknown', async () => {
    await using opened = await open();
    const { responses, conversations, chatCompletions, runs } = opened.store;
    for (const text of texts) {
      const [response, conversation, completion] = [
        text as ResponseId,
        text as ConversationId,
        text as ChatCompletionId,
      ];
      assert.equal(await responses.get(tenant, response), undefined);
      assert.equal(await responses.history(tenant, response), undefined);
      assert.equal(await responses.delete(tenant, response), false);
      assert.deepEqual(await responses.findItems(tenant, [text]), new Map());
      assert.equal(await conversations.get(tenant, conversation), undefined);
      assert.equal(await conversations.history(tenant, conversation), undefined);
      assert.equal(await conversations.update(tenant, conversation, { a: text }), undefined);
      assert.equal(await conversations.append(tenant, conversation, [createItem('a')]), false);
      assert.equal(await conversations.item(tenant, conversation, text), 'no-conversation');
      assert.equal(await conversations.items(tenant, conversation, { limit: 1, order: 'asc' }), undefined);
      assert.equal(await conversations.deleteItem(tenant, conversation, text), 'no-conversation');
      assert.equal(await conversations.delete(tenant, conversation), false);
      assert.equal(await chatCompletions.get(tenant, completion), undefined);
      assert.equal(await chatCompletions.updateMetadata(tenant, completion, { [text]: text }), undefined);
      assert.equal(await chatCompletions.delete(tenant, completion), false);
      assert.equal(await chatCompletions.list(tenant, { after: text, limit: 1, order: 'asc' }), 'unknown-after');
      assert.equal(await runs.read(tenant, response, { after: -1, limit: 1 }), undefined);
      assert.equal(await runs.cancel(tenant, response), false);
      assert.equal(await opened.store.storedBytes(text), 0);
    }
  });

  it('reserves an idempotency key, and no other', async () => {
    await using opened = await open();
    const { idempotency } = opened.store;
    const reservations = texts.map((key) => ({
      ...{ tenant, key, fingerprint: 'f', id: createStoredResponse().id, owner: 'srv_1', expiresAt: 9e9 },
    }));
    for (const reservation of reservations) assert.equal(await idempotency.reserve(reservation), undefined);
    for (const { id, ...reservation } of reservations) {
      const held = await idempotency.reserve({ ...reservation, id: createStoredResponse().id });
      assert.deepEqual(held, { fingerprint: 'f', id });
    }
  });
}

async function keepCompletion({ chatCompletions }: Store, text: string): Promise<void> {
  const message = { id: 'm', content: text };
  const completion = createStoredChatCompletion({ model: text, metadata: { [text]: text }, messages: [message] });
  await chatCompletions.put(completion);
  assert.deepEqual(await chatCompletions.get(tenant, completion.id), completion);
  const query = { limit: 5, order: 'asc' as const, model: text, metadata: { [text]: text } };
  assert.deepEqual(await chatCompletions.list(tenant, query), { data: [toListed(completion)], hasMore: false });
  const others = await chatCompletions.list(tenant, { ...query, metadata: { [text]: `${text}.` } });
  assert.deepEqual(others, { data: [], hasMore: false });
  const changed = await chatCompletions.updateMetadata(tenant, completion.id, { new: text });
  assert.deepEqual(changed?.metadata, { new: text });
}

async function keepLog({ runs }: Store, text: string): Promise<void> {
  const run = { tenant, id: createStoredResponse().id, owner: 'srv_1' };
  const event = JSON.stringify({ delta: text });
  await runs.begin({ ...run, request: JSON.stringify(text), events: [event] });
  await runs.append(run, [event, event]);
  const page = await runs.read(tenant, run.id, { after: -1, limit: 10 });
  assert.deepEqual(page, { events: [event, event, event], state: 'running' });
}
