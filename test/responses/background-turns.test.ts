import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { storeKinds } from '../helpers/store-urls.ts';
import { waitUntil } from '../helpers/wait-until.ts';
import { isApiError } from './is-api-error.ts';
import { model, readTexts, useResumable } from './resumable-server.ts';

const background = true;

for (const kind of storeKinds) {
  describe(`turns in the background (${kind.name})`, () => {
    const server = useResumable(kind);

    it('lock their conversation until they end, and add their items once', async () => {
      const { openai } = server;
      const { id: conversation } = await openai.conversations.create({});
      const input = 'say one two\nhang after 1';
      const { id } = await openai.responses.create({ model, input, background, conversation });
      for (const fields of [{}, { background }]) {
        const second = openai.responses.create({ model, input: 'say x', conversation, ...fields });
        await assert.rejects(second, isApiError(409, 'conversation_locked', 'conversation'));
      }
      assert.deepEqual((await openai.conversations.items.list(conversation)).data, []);
      await openai.responses.cancel(id);
      const next = await openai.responses.create({ model, input: 'say next', background, conversation });
      await readTexts(server.url, next.id);
      const { data } = await openai.conversations.items.list(conversation, { order: 'asc' });
      assert.equal(data.length, 2, 'what was cut off is no turn of it');
      await readTexts(server.url, next.id);
      const third = await openai.responses.create({ model, input: 'How many?', conversation });
      assert.match(third.output_text, /\(3 messages\)/);
      assert.equal((await openai.conversations.items.list(conversation)).data.length, 4);
    });

    it('can be continued once they have ended, and not before', async () => {
      const { openai } = server;
      const input = 'say one two\nhang after 1';
      const { id } = await openai.responses.create({ model, input, background });
      const early = openai.responses.create({ model, input: 'say x', previous_response_id: id });
      await assert.rejects(early, isApiError(409, 'previous_response_in_progress', 'previous_response_id'));
      await openai.responses.cancel(id);
      const first = await openai.responses.create({ model, input: 'say first', background });
      await waitUntil(async () => (await openai.responses.retrieve(first.id)).status === 'completed');
      const second = await openai.responses.create({ model, input: 'How many?', previous_response_id: first.id });
      assert.match(second.output_text, /\(3 messages\)/);
    });
  });
}
