import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ConversationId, ResponseId } from '../../../src/ids.ts';
import { createConversation } from '../stored-conversation.ts';
import { createStoredResponse, tenant } from '../stored-response.ts';
import { openTestDatabase, type TestDatabase } from './test-database.ts';
import { withTestServer } from './test-server.ts';

const text = 'x'.repeat(1000);

/** Returns the bytes of all tables and indexes, in whole pages. */
async function usedBytes(database: TestDatabase): Promise<number> {
  const [row] = await database.query<{ bytes: number }>(`
    SELECT sum(pg_total_relation_size(oid))::float8 AS bytes FROM pg_class
    WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r'`);
  return row?.bytes ?? 0;
}

interface Turns {
  /** Puts chains of a depth concurrently. */
  chains: number;
  depth: number;
  conversation?: boolean;
}

async function bytesPerTurn(database: TestDatabase, { chains, depth, conversation = false }: Turns): Promise<number> {
  const before = await usedBytes(database);
  const putChain = async () => {
    let parentId: ResponseId | undefined;
    const conversationId: ConversationId | undefined = conversation ? createConversation().id : undefined;
    if (conversationId) await database.store.conversations.create(createConversation({ id: conversationId }));
    for (let turn = 0; turn < depth; turn++) {
      const response = createStoredResponse({ parentId, conversationId, output: [{ id: 'msg_1', text }] });
      await database.store.responses.put(response);
      if (conversationId === undefined) parentId = response.id;
    }
  };
  for (let chain = 0; chain < chains; chain += 10) {
    await Promise.all(Array.from({ length: Math.min(10, chains - chain) }, putChain));
  }
  return ((await usedBytes(database)) - before) / (chains * depth);
}

await withTestServer((server) => {
  describe('growth', () => {
    for (const conversation of [false, true]) {
      it(`costs as much for a turn ${conversation ? 'of a conversation ' : ''}at depth 500 as at depth 5`, async () => {
        await using database = await openTestDatabase(server);
        const shallow = await bytesPerTurn(database, { chains: 100, depth: 5, conversation });
        const deep = await bytesPerTurn(database, { chains: 1, depth: 500, conversation });
        assert.ok(deep / shallow < 1.25, `${deep} bytes at depth 500, ${shallow} at depth 5`);
        assert.ok(deep < 3 * text.length, `${deep} bytes for a turn of ${text.length}`);
      });
    }

    it('stores the bodies of a conversation once, also after its response is deleted', async () => {
      await using database = await openTestDatabase(server);
      const bodies = async () => {
        const [row] = await database.query<{ count: number }>(`
          SELECT ((SELECT count(*) FROM items WHERE body LIKE '%${text}%')
            + (SELECT count(*) FROM conversation_items WHERE body LIKE '%${text}%'))::integer AS count`);
        return row?.count;
      };
      const conversation = createConversation();
      await database.store.conversations.create(conversation);
      const response = createStoredResponse({ conversationId: conversation.id, output: [{ id: 'msg_1', text }] });
      await database.store.responses.put(response);
      assert.equal(await bodies(), 1);
      await database.store.responses.delete(tenant, response.id);
      assert.equal(await bodies(), 1);
      await database.store.conversations.delete(tenant, conversation.id);
      assert.equal(await bodies(), 0);
    });

    it('adds only its own rows when a chain is forked', async () => {
      await using database = await openTestDatabase(server);
      let parentId: ResponseId | undefined;
      for (let turn = 0; turn < 50; turn++) {
        const response = createStoredResponse({ parentId });
        await database.store.responses.put(response);
        parentId = response.id;
      }
      const count = async () =>
        (await database.query<{ count: number }>('SELECT count(*)::integer FROM items'))[0]?.count;
      const before = (await count()) ?? 0;
      await database.store.responses.put(createStoredResponse({ parentId }));
      assert.equal(await count(), before + 2);
    });
  });
});
