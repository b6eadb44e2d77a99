import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { stores, useServer } from '../clients/agents-under-test.ts';
import { post } from '../helpers/talaria.ts';
import { isApiError } from './is-api-error.ts';

const model = 'any-name';

for (const store of stores) {
  describe(`the estimated tokens of a turn, with the ${store} store`, () => {
    const setup = useServer('offline agent', store);
    type Body = Parameters<typeof setup.openai.responses.inputTokens.count>[0];
    const count = async (body: Body): Promise<number> => {
      const counted = await setup.openai.responses.inputTokens.count(body);
      assert.equal(counted.object, 'response.input_tokens');
      return counted.input_tokens;
    };

    it('are marked as an estimate in the header of the reply', async () => {
      const reply = await post(`${setup.url}/v1/responses/input_tokens`, { model, input: 'Hello' });
      assert.equal(reply.headers.get('x-talaria-usage'), 'estimate');
    });

    it('are refused, like a compaction, while the previous response is running', async () => {
      const input = '/wait 20000ms';
      const running = await setup.openai.responses.create({ model, input, background: true });
      for (const path of ['input_tokens', 'compact']) {
        // The reply is checked against the contract, which has to name the status.
        const reply = await post(`${setup.url}/v1/responses/${path}`, { model, previous_response_id: running.id });
        assert.equal(reply.status, 409);
        assert.match(await reply.text(), /"code":"previous_response_in_progress"/);
      }
      await setup.openai.responses.cancel(running.id);
    });

    it('equal the usage of the turn', async () => {
      const body = {
        model,
        instructions: 'Be brief.',
        input: [{ role: 'user' as const, content: 'What is the weather like in Paris today?' }],
        tools: [{ type: 'function' as const, name: 'look', strict: false, parameters: { type: 'object' } }],
      };
      const { usage } = await setup.openai.responses.create(body);
      assert.equal(await count(body), usage?.input_tokens);
    });

    it('are few for an empty turn and grow with each addition', async () => {
      const nothing = await count({});
      const hello = await count({ input: 'Hello, how are you?' });
      assert.ok(nothing < 10 && hello > nothing);
      assert.ok((await count({ input: 'Hello, how are you?', instructions: 'Be brief.' })) > hello);
      assert.ok((await count({ input: 'Hello, how are you? '.repeat(100) })) > 300);
    });

    it('include the history: a chain or a conversation, with or without input', async () => {
      const input = 'word '.repeat(200);
      const first = await setup.openai.responses.create({ model, input: `/say ok\n${input}` });
      const conversation = await setup.openai.conversations.create({ items: [{ role: 'user', content: input }] });
      for (const past of [{ previous_response_id: first.id }, { conversation: conversation.id }]) {
        const alone = await count(past);
        assert.ok(alone > 200, JSON.stringify(past));
        assert.ok((await count({ ...past, input: 'And now?' })) > alone);
      }
    });

    it('are refused when the turn would be refused', async () => {
      await assert.rejects(
        count({ previous_response_id: 'resp_x' }),
        isApiError(404, 'previous_response_not_found', 'previous_response_id'),
      );
      await assert.rejects(
        count({ conversation: 'conv_x' }),
        isApiError(404, 'conversation_not_found', 'conversation'),
      );
      const input = [{ type: 'function_call_output' as const, call_id: 'a', output: 'b' }];
      await assert.rejects(count({ input }), isApiError(400, 'invalid_value', 'input[0].call_id'));
    });

    it('store nothing', async () => {
      const conversation = await setup.openai.conversations.create({});
      await count({ conversation: conversation.id, input: 'Hello' });
      const { data } = await setup.openai.conversations.items.list(conversation.id);
      assert.deepEqual(data, []);
    });
  });
}
