import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ResponseInputItem } from 'openai/resources/responses/responses';
import { stores } from '../clients/agents-under-test.ts';
import type { UpstreamRequest } from '../helpers/upstream.ts';
import { isApiError } from './is-api-error.ts';
import { useUpstream } from './use-upstream.ts';

const model = 'any-name';
const contextMessages = 110;

/** A model whose context window holds this many messages. */
function answer({ body }: UpstreamRequest, response: import('node:http').ServerResponse): boolean {
  if (!(body?.messages?.length > contextMessages)) return false;
  const message = `This model's maximum context length is ${contextMessages} messages.`;
  const error = { message, type: 'invalid_request_error', param: 'messages', code: 'context_length_exceeded' };
  response.writeHead(400, { 'content-type': 'application/json' }).end(JSON.stringify({ error }));
  return true;
}

const user = (content: string): ResponseInputItem => ({ role: 'user', content });

for (const store of stores) {
  describe(`a history that is longer than the model’s window, with the ${store} store`, () => {
    const setup = useUpstream(store, { answer });
    /** 120 items after a system message; the output of the 20th, a call, is the 21st. */
    const begin = async (): Promise<string> => {
      const { id } = await setup.openai.conversations.create({ items: [{ role: 'system', content: 'Be brief.' }] });
      const items = Array.from({ length: 120 }, (_, index) => user(`message ${index}`));
      items[19] = { type: 'function_call', call_id: 'a', name: 'look', arguments: '{}' };
      items[20] = { type: 'function_call_output', call_id: 'a', output: 'seen' };
      for (let start = 0; start < items.length; start += 20) {
        await setup.openai.conversations.items.create(id, { items: items.slice(start, start + 20) });
      }
      return id;
    };

    it('fails as too long with truncation disabled (N49, N50)', async () => {
      const conversation = await begin();
      for (const truncation of ['disabled', undefined] as const) {
        const body = { model, input: 'And?', conversation, ...(truncation ? { truncation } : {}) };
        await assert.rejects(
          setup.openai.responses.create(body),
          isApiError(400, 'context_length_exceeded', 'messages'),
        );
        assert.equal(setup.sent.messages.length, 122);
      }
    });

    it('drops its oldest items with truncation auto, never system messages nor half a pair (N40, N47, N48)', async () => {
      const conversation = await begin();
      const body = { model, input: 'And?', conversation, truncation: 'auto' as const };
      const response = await setup.openai.responses.create(body);
      assert.equal(response.truncation, 'auto');
      const { messages } = setup.sent;
      assert.equal(messages[0].content, 'Be brief.');
      // The output at the cut is dropped with its call.
      assert.equal(messages[1].content, 'message 21');
      assert.equal(messages.at(-1).content, 'And?');
      const numbers = messages.slice(1, -1).map(({ content }: { content: string }) => Number(content.slice(8)));
      assert.deepEqual(
        numbers,
        [...numbers].sort((a, b) => a - b),
      );
      assert.equal(numbers.at(-1), 119);
    });
  });
}
