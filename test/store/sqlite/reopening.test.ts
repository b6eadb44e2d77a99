import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createStoredChatCompletion } from '../stored-chat-completion.ts';
import { createItems, keepConversation } from '../stored-conversation.ts';
import { createChain, createStoredResponse, tenant } from '../stored-response.ts';
import { createTestFile, openTestDatabase } from './test-database.ts';

describe('a file that was closed', () => {
  it('holds the same responses and the same order of use when it is opened again', async () => {
    using created = createTestFile();
    const [first, second, third] = Array.from({ length: 3 }, () => createStoredResponse());
    assert.ok(first && second && third);
    {
      await using opened = openTestDatabase({ file: created.file, maxResponses: 2 });
      await opened.store.responses.put(first);
      await opened.store.responses.put(second);
      await opened.store.responses.get(tenant, first.id);
    }
    await using opened = openTestDatabase({ file: created.file, maxResponses: 2 });
    assert.equal(await opened.store.responses.count(), 2);
    await opened.store.responses.put(third);
    assert.deepEqual(await opened.store.responses.get(tenant, first.id), first);
    assert.equal(await opened.store.responses.get(tenant, second.id), undefined);
  });

  it('evicts responses over a new limit', async () => {
    using created = createTestFile();
    {
      await using opened = openTestDatabase({ file: created.file });
      for (const response of createChain(10)) await opened.store.responses.put(response);
    }
    await using opened = openTestDatabase({ file: created.file, maxResponses: 3 });
    const response = createStoredResponse();
    await opened.store.responses.put(response);
    assert.equal(await opened.store.responses.count(), 3);
    assert.equal(opened.storedCount(), 11, 'the two that are left of the chain need all of it');
  });
  it('holds the same conversations, chat completions and secrets when it is opened again', async () => {
    using created = createTestFile();
    const response = createStoredResponse();
    const completion = createStoredChatCompletion({ metadata: { a: '1' } });
    const opened = openTestDatabase({ file: created.file });
    const conversation = await keepConversation(opened.store, { metadata: { b: '2' }, items: createItems('ab') });
    await opened.store.responses.put({ ...response, conversationId: conversation.id });
    await opened.store.chatCompletions.put(completion);
    const history = await opened.store.conversations.history(tenant, conversation.id);
    const secret = await opened.store.secret('name');
    await opened.store[Symbol.asyncDispose]();

    await using again = openTestDatabase({ file: created.file });
    assert.equal(history?.items.length, 4);
    assert.deepEqual(await again.store.conversations.history(tenant, conversation.id), history);
    assert.deepEqual((await again.store.conversations.get(tenant, conversation.id))?.metadata, { b: '2' });
    assert.deepEqual(await again.store.chatCompletions.get(tenant, completion.id), completion);
    assert.deepEqual(await again.store.secret('name'), secret);
  });

  it('evicts conversations and chat completions over a new limit', async () => {
    using created = createTestFile();
    {
      await using opened = openTestDatabase({ file: created.file });
      for (let index = 0; index < 5; index++) await keepConversation(opened.store);
      for (let index = 0; index < 5; index++) await opened.store.chatCompletions.put(createStoredChatCompletion());
    }
    await using opened = openTestDatabase({ file: created.file, maxResponses: 2 });
    await keepConversation(opened.store);
    await opened.store.chatCompletions.put(createStoredChatCompletion());
    const totals = opened.database.prepare('SELECT conversations, chat_completions AS completions FROM totals').get();
    assert.deepEqual(totals, { conversations: 2, completions: 2 });
    opened.storedCount();
  });
});
