import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { BadRequestError, NotFoundError } from 'openai';
import type { ChatCompletion, ChatCompletionMessageParam } from 'openai/resources/chat/completions';
import { stores, useServer } from '../../clients/agents-under-test.ts';
import { checkedFetch } from '../../helpers/contract-check.ts';

const user = (content: string): ChatCompletionMessageParam => ({ role: 'user', content });
const unknownId = 'chatcmpl-0123456789abcdef0123456789abcdef';

const notFound = (error: unknown): boolean => {
  assert.ok(error instanceof NotFoundError);
  assert.deepEqual([error.code, error.param], ['chat_completion_not_found', 'completion_id']);
  return true;
};

const unknownAfter = (error: unknown): boolean => {
  assert.ok(error instanceof BadRequestError);
  assert.deepEqual([error.code, error.param], ['invalid_value', 'after']);
  return true;
};

for (const store of stores) {
  describe(`stored chat completions in the ${store} store`, () => {
    const setup = useServer('offline agent', store);
    /** Each test has a model, and with it a list, of its own. */
    const keep = (model: string, text: string, metadata: Record<string, string> = {}): Promise<ChatCompletion> =>
      setup.openai.chat.completions.create({ model, messages: [user(`/say ${text}`)], store: true, metadata });

    it('are retrieved as they were answered, with their metadata', async () => {
      const completion = await keep('retrieved', 'Hello.', { topic: 'weather' });
      const stored = await setup.openai.chat.completions.retrieve(completion.id);
      assert.deepEqual({ ...stored }, { ...completion, metadata: { topic: 'weather' } });
    });

    it('are there before the last chunk of a stream, whole, whether or not it ends with token counts', async () => {
      const { completions } = setup.openai.chat;
      for (const include_usage of [true, false]) {
        const messages = [user('/reason I think.\n/say One two.\n/call look {"at":1}')];
        const stream = await completions.create({
          model: 'streamed',
          messages,
          store: true,
          stream: true,
          stream_options: { include_usage },
        });
        let seen: ChatCompletion | undefined;
        for await (const chunk of stream) {
          if (chunk.choices[0]?.finish_reason) seen = await completions.retrieve(chunk.id);
          assert.equal('usage' in chunk, include_usage);
        }
        const [choice] = seen?.choices ?? [];
        assert.equal(choice?.message.content, 'One two.');
        assert.equal(choice?.message.tool_calls?.length, 1);
        assert.equal(choice?.finish_reason, 'tool_calls');
        assert.ok(seen?.usage && seen.usage.completion_tokens > 0);
      }
    });

    it('keep all choices', async () => {
      const messages = [user('/say Hello.')];
      const { id } = await setup.openai.chat.completions.create({ model: 'choices', messages, n: 3, store: true });
      const { choices } = await setup.openai.chat.completions.retrieve(id);
      assert.deepEqual(
        choices.map(({ index, message }) => [index, message.content]),
        [0, 1, 2].map((index) => [index, 'Hello.']),
      );
    });

    it('are only those that the client wanted stored', async () => {
      for (const wish of [{}, { store: false }, { store: null }]) {
        const { id } = await setup.openai.chat.completions.create({
          model: 'unkept',
          messages: [user('/say Hi')],
          ...wish,
        });
        await assert.rejects(setup.openai.chat.completions.retrieve(id), notFound);
      }
      assert.deepEqual(await Array.fromAsync(setup.openai.chat.completions.list({ model: 'unkept' })), []);
    });

    it('are not those that broke off', async () => {
      const messages = [user('/say one two three\n/break after 2')];
      const request = { model: 'broken', messages, store: true };
      await assert.rejects(setup.openai.chat.completions.create(request), { status: 502 });
      assert.deepEqual(await Array.fromAsync(setup.openai.chat.completions.list({ model: 'broken' })), []);
    });

    it('are listed oldest first, or newest first, in pages that the SDK goes through', async () => {
      const ids: string[] = [];
      for (const text of ['one', 'two', 'three', 'four', 'five']) ids.push((await keep('listed', text)).id);
      const { completions } = setup.openai.chat;
      const list = async (order: 'asc' | 'desc') => {
        const all = await Array.fromAsync(completions.list({ model: 'listed', limit: 2, order }));
        return all.map(({ id }) => id);
      };
      assert.deepEqual(await list('asc'), ids);
      assert.deepEqual(await list('desc'), ids.toReversed());
      const first = await completions.list({ model: 'listed', limit: 2 });
      assert.deepEqual(
        first.data.map(({ id }) => id),
        ids.slice(0, 2),
      );
      assert.equal(first.has_more, true);
      // The SDK does not show the ids of a page.
      const reply = await checkedFetch(`${setup.url}/v1/chat/completions?model=listed&after=${ids[2]}`);
      const { first_id, last_id, has_more } = JSON.parse(await reply.text());
      assert.deepEqual([first_id, last_id, has_more], [ids[3], ids[4], false]);
    });

    it('are listed by any of their metadata, whatever its characters', async () => {
      const tags = { topic: 'wind & rain', 'a+b': '100%' };
      const { id } = await keep('tagged', 'one', { ...tags, other: 'x' });
      await keep('tagged', 'two', { topic: 'sun' });
      const list = async (metadata: Record<string, string>) =>
        (await Array.fromAsync(setup.openai.chat.completions.list({ model: 'tagged', metadata }))).map(
          (entry) => entry.id,
        );
      assert.deepEqual(await list(tags), [id]);
      assert.deepEqual(await list({ topic: 'wind & rain', other: 'y' }), []);
    });

    it('are not listed after one that is not there', async () => {
      await assert.rejects(setup.openai.chat.completions.list({ after: unknownId }), unknownAfter);
      await assert.rejects(setup.openai.chat.completions.list({ after: 'nothing' }), unknownAfter);
    });

    it('get new metadata in place of the old', async () => {
      const { completions } = setup.openai.chat;
      const { id } = await keep('updated', 'one', { old: 'x' });
      const updated = await completions.update(id, { metadata: { topic: 'sun' } });
      assert.deepEqual(updated.id, id);
      const metadataOf = async () => {
        // The SDK's type leaves it out.
        const completion: ChatCompletion & { metadata?: unknown } = await completions.retrieve(id);
        return completion.metadata;
      };
      assert.deepEqual(await metadataOf(), { topic: 'sun' });
      assert.deepEqual((await completions.list({ metadata: { old: 'x' }, model: 'updated' })).data, []);
      await completions.update(id, { metadata: null });
      assert.deepEqual(await metadataOf(), {});
    });

    it('are deleted at once', async () => {
      const { completions } = setup.openai.chat;
      const { id } = await keep('deleted', 'one');
      assert.deepEqual({ ...(await completions.delete(id)) }, { id, object: 'chat.completion.deleted', deleted: true });
      await assert.rejects(completions.retrieve(id), notFound);
      await assert.rejects(completions.delete(id), notFound);
      assert.deepEqual((await completions.list({ model: 'deleted' })).data, []);
    });

    it('list the messages they answer, with ids of their own', async () => {
      const { completions } = setup.openai.chat;
      const messages: ChatCompletionMessageParam[] = [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: [{ type: 'text', text: '/say Hello.' }] },
      ];
      const { id } = await completions.create({ model: 'messages', messages, store: true });
      const listed = await Array.fromAsync(completions.messages.list(id, { limit: 1 }));
      assert.deepEqual(
        listed.map(({ id, role, content, content_parts }) => ({ id, role, content, content_parts })),
        [
          { id: `${id}-0`, role: 'system', content: 'Be brief.', content_parts: null },
          { id: `${id}-1`, role: 'user', content: null, content_parts: [{ type: 'text', text: '/say Hello.' }] },
        ],
      );
      const newest = await completions.messages.list(id, { order: 'desc', limit: 1 });
      assert.deepEqual([newest.data[0]?.id, newest.has_more], [`${id}-1`, true]);
      await assert.rejects(completions.messages.list(id, { after: `${id}-7` }), unknownAfter);
    });

    for (const id of [unknownId, 'nothing', 'resp_0123456789abcdef0123456789abcdef']) {
      it(`are not found by ${id}`, async () => {
        const { completions } = setup.openai.chat;
        await assert.rejects(completions.retrieve(id), notFound);
        await assert.rejects(completions.update(id, { metadata: {} }), notFound);
        await assert.rejects(completions.delete(id), notFound);
        await assert.rejects(completions.messages.list(id), notFound);
      });
    }
  });
}
