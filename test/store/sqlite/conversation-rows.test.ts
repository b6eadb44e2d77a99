import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ConversationId } from '../../../src/ids.ts';
import { keepConversation } from '../stored-conversation.ts';
import { createStoredResponse, tenant } from '../stored-response.ts';
import { openTestDatabase, type TestDatabase, usedBytes } from './test-database.ts';

const text = 'x'.repeat(1000);

async function putTurn({ store }: TestDatabase, conversationId: ConversationId | undefined) {
  const response = createStoredResponse({ conversationId });
  response.output[0] = { id: response.output[0]?.id ?? '', text };
  await store.responses.put(response);
  return response;
}

/** Counts the rows of any table that contain a text. */
function countBodies({ database }: TestDatabase, like: string): number {
  const count = (table: string) =>
    database.prepare<[string], number>(`SELECT count(*) FROM ${table} WHERE body LIKE ?`).pluck().get(like) ?? 0;
  return count('items') + count('conversation_items');
}

describe('the rows of a conversation', () => {
  it('hold no copies of the items of a response, and take them over when it is removed', async () => {
    await using opened = openTestDatabase({ file: ':memory:' });
    const { id } = await keepConversation(opened.store);
    const response = await putTurn(opened, id);
    assert.equal(countBodies(opened, `%${text}%`), 1);
    await opened.store.responses.delete(tenant, response.id);
    assert.equal(countBodies(opened, `%${text}%`), 1);
    await opened.store.conversations.delete(tenant, id);
    assert.equal(countBodies(opened, '%'), 0);
  });

  it('are gone when an item was deleted from both the response and the conversation', async () => {
    await using opened = openTestDatabase({ file: ':memory:' });
    const { id } = await keepConversation(opened.store);
    const response = await putTurn(opened, id);
    await opened.store.conversations.deleteItem(tenant, id, response.output[0]?.id ?? '');
    await opened.store.responses.delete(tenant, response.id);
    assert.equal(countBodies(opened, `%${text}%`), 0);
    assert.equal(countBodies(opened, '%'), 1, 'the conversation keeps the other one');
  });

  it('cost no more at a thousand turns than at ten', async () => {
    const bytesPerTurn = async (depth: number, conversations: number): Promise<number> => {
      await using opened = openTestDatabase({ file: ':memory:' });
      const before = usedBytes(opened);
      for (let count = 0; count < conversations; count++) {
        const { id } = await keepConversation(opened.store);
        for (let turn = 0; turn < depth; turn++) await putTurn(opened, id);
      }
      return (usedBytes(opened) - before) / (depth * conversations);
    };
    const [shallow, deep] = [await bytesPerTurn(10, 100), await bytesPerTurn(1000, 1)];
    assert.ok(Math.abs(deep / shallow - 1) < 0.1, `${deep} bytes at 1,000 turns, ${shallow} at 10`);
    assert.ok(deep < 3 * text.length, `${deep} bytes for a turn of ${text.length}`);
  });

  it('free their space', async () => {
    await using opened = openTestDatabase({ file: ':memory:', maxResponses: 1 });
    await keepConversation(opened.store);
    const before = usedBytes(opened);
    const { id } = await keepConversation(opened.store);
    for (let turn = 0; turn < 500; turn++) await putTurn(opened, id);
    assert.ok(usedBytes(opened) - before > 500 * text.length, 'a conversation outlasts its responses');
    await keepConversation(opened.store);
    assert.ok(usedBytes(opened) - before < 24_576, `${usedBytes(opened) - before} bytes are left`);
  });
});
