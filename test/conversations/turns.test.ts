import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import OpenAI from 'openai';
import { createConversationId } from '../../src/ids.ts';
import { agents, stores, useServer } from '../clients/agents-under-test.ts';
import { isApiError } from '../responses/is-api-error.ts';

const model = 'any-name';

for (const agent of agents) {
  for (const store of stores) {
    describe(`the turns of a conversation, with the ${agent} and the ${store} store`, () => {
      const setup = useServer(agent, store);
      const begin = async (): Promise<string> => (await setup.openai.conversations.create()).id;
      const typesOf = async (id: string): Promise<(string | undefined)[]> =>
        (await Array.fromAsync(setup.openai.conversations.items.list(id, { order: 'asc' }))).map((item) =>
          item.type === 'message' ? item.role : item.type,
        );

      it('see the history, by id or as an object, plain and streamed', async () => {
        const { openai, words } = setup;
        const id = await begin();
        const first = await openai.responses.create({ model, input: 'one', conversation: id });
        const second = await openai.responses.create({ model, input: 'two', conversation: { id } });
        const third = await openai.responses.stream({ model, input: 'three', conversation: id }).finalResponse();
        for (const [index, response] of [first, second, third].entries()) {
          assert.deepEqual(response.conversation, { id });
          assert.equal(response.previous_response_id, null);
          const text = JSON.stringify(response.output);
          assert.ok(text.includes(words.provesTurn(index + 1)), text);
        }
        assert.deepEqual(await typesOf(id), ['user', 'assistant', 'user', 'assistant', 'user', 'assistant']);
      });

      it('add their items once: as the response gave them', async () => {
        const id = await begin();
        const response = await setup.openai.responses.create({
          model,
          input: setup.words.think('Hm.', 'Yes.'),
          conversation: id,
        });
        const { data } = await setup.openai.conversations.items.list(id, { order: 'asc' });
        assert.deepEqual(data.slice(1), response.output);
        const [input] = (await setup.openai.responses.inputItems.list(response.id)).data;
        assert.deepEqual(data[0], input);
      });

      it('are added also when they are not stored as responses', async () => {
        const id = await begin();
        const response = await setup.openai.responses.create({ model, input: 'one', conversation: id, store: false });
        await assert.rejects(
          setup.openai.responses.retrieve(response.id),
          isApiError(404, 'response_not_found', 'response_id'),
        );
        assert.deepEqual(await typesOf(id), ['user', 'assistant']);
      });

      it('stay when their responses are deleted', async () => {
        const id = await begin();
        const response = await setup.openai.responses.create({ model, input: 'one', conversation: id });
        await setup.openai.responses.delete(response.id);
        assert.deepEqual(await typesOf(id), ['user', 'assistant']);
      });

      it('add nothing when they fail, refused or broken off, plain or streamed', async () => {
        const { openai, words } = setup;
        const id = await begin();
        for (const input of [words.fail(404), words.breakOff]) {
          await assert.rejects(openai.responses.create({ model, input, conversation: id }));
        }
        const body = { model, input: words.breakOff, conversation: id };
        const failed = await openai.responses.stream(body).finalResponse();
        assert.equal(failed.status, 'failed');
        assert.deepEqual(await typesOf(id), []);
        const next = await openai.responses.create({ model, input: 'one', conversation: id });
        assert.ok(next.output_text.includes(words.provesTurn(1)), next.output_text);
      });

      it('add what was said when the limit cut it short', async () => {
        const id = await begin();
        const { status } = await setup.openai.responses.create({
          model,
          input: setup.words.cutShort,
          conversation: id,
        });
        assert.equal(status, 'incomplete');
        assert.deepEqual(await typesOf(id), ['user', 'assistant']);
      });

      it('take the output of a tool whose call is in the conversation', async () => {
        const { openai, words } = setup;
        const id = await begin();
        const input = words.call({ name: 'look', arguments: {} });
        const { output } = await openai.responses.create({ model, input, conversation: id });
        const [call] = output;
        assert.ok(call?.type === 'function_call');
        const result = { type: 'function_call_output' as const, call_id: call.call_id, output: 'seen' };
        const second = await openai.responses.create({ model, input: [result], conversation: id });
        assert.ok(second.output_text.includes(words.provesResult('seen')), second.output_text);
      });
    });
  }
}

for (const store of stores) {
  describe(`a turn of a conversation, with the ${store} store`, () => {
    const setup = useServer('offline agent', store);

    it('is refused together with previous_response_id: there is one history', async () => {
      const { openai } = setup;
      const { id } = await openai.conversations.create();
      const first = await openai.responses.create({ model, input: 'one' });
      const both = { model, input: 'two', conversation: id, previous_response_id: first.id };
      await assert.rejects(openai.responses.create(both), isApiError(400, 'invalid_value', 'previous_response_id'));
    });

    it('is refused for an unknown or deleted conversation', async () => {
      const { openai } = setup;
      const { id } = await openai.conversations.create();
      await openai.conversations.delete(id);
      for (const conversation of [id, createConversationId(), 'conv_x', { id: 'conv_x' }]) {
        const refused = openai.responses.create({ model, input: 'one', conversation });
        await assert.rejects(refused, isApiError(404, 'conversation_not_found', 'conversation'));
      }
    });

    it('waits for no other: a concurrent turn is refused as locked', async () => {
      // The client of these tests checks streams for their end, and this one has none.
      const openai = new OpenAI({ baseURL: `${setup.url}/v1`, apiKey: 'none', maxRetries: 0 });
      const { id } = await openai.conversations.create();
      const controller = new AbortController();
      const slow = await openai.responses.create(
        { model, input: '/tokens 1000 delay 20ms', conversation: id, stream: true },
        { signal: controller.signal },
      );
      const events = slow[Symbol.asyncIterator]();
      await events.next();
      const second = () => setup.openai.responses.create({ model, input: 'two', conversation: id });
      await assert.rejects(second(), isApiError(409, 'conversation_locked', 'conversation'));
      const other = await setup.openai.conversations.create();
      await setup.openai.responses.create({ model, input: 'two', conversation: other.id });
      controller.abort();
      assert.ok((await retried(second)).output_text);
    });

    it('adds nothing when its client disconnects', async () => {
      const openai = new OpenAI({ baseURL: `${setup.url}/v1`, apiKey: 'none', maxRetries: 0 });
      const { id } = await openai.conversations.create();
      const controller = new AbortController();
      const body = { model, input: '/tokens 1000 delay 20ms', conversation: id, stream: true as const };
      for await (const event of await openai.responses.create(body, { signal: controller.signal })) {
        if (event.type === 'response.output_text.delta') break;
      }
      controller.abort();
      const next = await retried(() => setup.openai.responses.create({ model, input: 'one', conversation: id }));
      assert.match(next.output_text, /Turn 1\./);
    });

    it('unlocks the conversation when it fails to start', async () => {
      const { openai } = setup;
      const { id } = await openai.conversations.create();
      await assert.rejects(openai.responses.create({ model, input: [], conversation: id }));
      await assert.rejects(openai.responses.create({ model, input: '/status 429', conversation: id }));
      assert.equal((await openai.responses.create({ model, input: 'one', conversation: id })).status, 'completed');
    });

    it('is stored without its conversation when that was deleted meanwhile', async () => {
      const { openai } = setup;
      const { id } = await openai.conversations.create();
      const response = await openai.responses.create({ model, input: 'one', conversation: id });
      await openai.conversations.delete(id);
      const kept = await openai.responses.retrieve(response.id);
      assert.equal(kept.output_text, response.output_text);
      const next = await openai.responses.create({ model, input: 'two', previous_response_id: response.id });
      assert.match(next.output_text, /Turn 2\./);
    });
  });
}

/** The server notices a disconnect only when the operating system reports it. */
async function retried<T>(attempt: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + 5000;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof OpenAI.ConflictError) || Date.now() > deadline) throw error;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}
