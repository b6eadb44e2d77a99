import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ResponseInputItem } from 'openai/resources/responses/responses';
import { createConversationId } from '../../src/ids.ts';
import { stores, useServer } from '../clients/agents-under-test.ts';
import { isApiError } from '../responses/is-api-error.ts';
import { postJson } from '../responses/post-json.ts';

const unknown = createConversationId();
const user = (content: string): ResponseInputItem => ({ role: 'user', content });
const notFound = isApiError(404, 'conversation_not_found', 'conversation_id');

for (const store of stores) {
  describe(`conversations, with the ${store} store`, () => {
    const setup = useServer('offline agent', store);
    const conversations = () => setup.openai.conversations;

    it('are created, with metadata or without a body, and read back', async () => {
      const made = await conversations().create({ metadata: { topic: 'test' } });
      assert.match(made.id, /^conv_[0-9a-f]{32}$/);
      assert.deepEqual([made.object, made.metadata], ['conversation', { topic: 'test' }]);
      assert.ok(Math.abs(made.created_at - Date.now() / 1000) < 60);
      assert.deepEqual(await conversations().retrieve(made.id), made);
      assert.deepEqual((await conversations().create()).metadata, {});
      assert.deepEqual((await postJson(`${setup.url}/v1/conversations`, { metadata: null })).metadata, {});
    });

    it('have all their metadata replaced', async () => {
      const { id } = await conversations().create({ metadata: { a: '1', b: '2' } });
      assert.deepEqual((await conversations().update(id, { metadata: { c: '3' } })).metadata, { c: '3' });
      assert.deepEqual((await conversations().retrieve(id)).metadata, { c: '3' });
      assert.deepEqual((await conversations().update(id, { metadata: null })).metadata, {});
    });

    it('are deleted with their items', async () => {
      const { id } = await conversations().create({ items: [user('one')] });
      const deleted = await conversations().delete(id);
      assert.deepEqual(deleted, { id, object: 'conversation.deleted', deleted: true });
      await assert.rejects(conversations().retrieve(id), notFound);
      await assert.rejects(conversations().items.list(id), notFound);
      await assert.rejects(conversations().delete(id), notFound);
    });

    it('that do not exist are a 404 for every operation', async () => {
      for (const id of [unknown, 'conv_x', 'resp_1']) {
        const refused = [
          conversations().retrieve(id),
          conversations().update(id, { metadata: {} }),
          conversations().delete(id),
          conversations().items.list(id),
          conversations().items.create(id, { items: [user('one')] }),
          conversations().items.retrieve('msg_1', { conversation_id: id }),
          conversations().items.delete('msg_1', { conversation_id: id }),
        ];
        await Promise.all(refused.map((each) => assert.rejects(each, notFound)));
      }
    });

    it('refuse more than 20 items at once, and metadata that is too much', async () => {
      const items = Array.from({ length: 21 }, (_, index) => user(`${index}`));
      await assert.rejects(conversations().create({ items }), isApiError(400, 'invalid_value', 'items'));
      const { id } = await conversations().create();
      await assert.rejects(conversations().items.create(id, { items }), isApiError(400, 'invalid_value', 'items'));
      const metadata = Object.fromEntries(items.map((_, index) => [`k${index}`, 'v']));
      await assert.rejects(conversations().create({ metadata }), isApiError(400, 'invalid_value', 'metadata'));
    });
  });
}
