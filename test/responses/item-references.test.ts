import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ResponseInputItem } from 'openai/resources/responses/responses';
import { stores } from '../clients/agents-under-test.ts';
import { isApiError } from './is-api-error.ts';
import { postJson } from './post-json.ts';
import { useUpstream } from './use-upstream.ts';

const model = 'any-name';
const refer = (id: string): ResponseInputItem => ({ type: 'item_reference', id });
const toText = (message: { content: unknown }) => message.content;

for (const store of stores) {
  describe(`references to items, with the ${store} store`, () => {
    const setup = useUpstream(store);
    const messageOf = async (text: string): Promise<string> => {
      const [item] = (await setup.openai.responses.create({ model, input: `say ${text}` })).output;
      assert.ok(item?.type === 'message');
      return item.id;
    };

    it('resolve to earlier output, as the AI SDK sends them', async () => {
      const id = await messageOf('Good day.');
      const input: ResponseInputItem[] = [
        { role: 'user', content: 'Greet me.' },
        refer(id),
        { role: 'user', content: 'Again!' },
      ];
      const response = await setup.openai.responses.create({ model, input });
      assert.deepEqual(setup.sent.messages.map(toText), ['Greet me.', 'Good day.', 'Again!']);
      // The turn stores the item itself, so the original response can be deleted.
      const { data } = await setup.openai.responses.inputItems.list(response.id, { order: 'asc' });
      assert.equal(data[1]?.type === 'message' && data[1].role, 'assistant');
    });

    it('may omit the type, or have a null type', async () => {
      const id = await messageOf('Good day.');
      await postJson(`${setup.url}/v1/responses`, { input: [{ id }, { id, type: null }, 'Again!'] });
      const [said] = setup.sent.messages;
      assert.deepEqual([said.role, said.content], ['assistant', 'Good day.Good day.']);
    });

    it('resolve to a call whose output follows', async () => {
      const { output } = await setup.openai.responses.create({
        model,
        input: 'tool look {}',
        tools: [{ type: 'function', name: 'look', strict: false, parameters: {} }],
      });
      const [call] = output;
      assert.ok(call?.type === 'function_call' && call.id);
      const result: ResponseInputItem = { type: 'function_call_output', call_id: call.call_id, output: 'seen' };
      const input = [{ role: 'user' as const, content: 'Look.' }, refer(call.id), result];
      const next = await setup.openai.responses.create({ model, input });
      assert.equal(next.output_text, 'The tool said: seen');
    });

    it("resolve to a client's item by the client's id", async () => {
      const id = `msg_mine_${store}`;
      await postJson(`${setup.url}/v1/responses`, { input: [{ id, role: 'user', content: 'Mine.' }] });
      await setup.openai.responses.create({ model, input: [refer(id)] });
      assert.equal(setup.sent.messages[0].content, 'Mine.');
    });

    it('resolve to an item of a conversation', async () => {
      const conversation = await setup.openai.conversations.create({ items: [{ role: 'user', content: 'In there.' }] });
      const { data } = await setup.openai.conversations.items.list(conversation.id);
      await setup.openai.responses.create({ model, input: [refer(data[0]?.id ?? '')] });
      assert.equal(setup.sent.messages[0].content, 'In there.');
    });

    it('can be added to a conversation', async () => {
      const id = await messageOf('Good day.');
      const conversation = await setup.openai.conversations.create({ items: [refer(id)] });
      const { data } = await setup.openai.conversations.items.list(conversation.id);
      assert.equal(data[0]?.type === 'message' && data[0].role, 'assistant');
      const unknown = setup.openai.conversations.items.create(conversation.id, { items: [refer('msg_unknown')] });
      await assert.rejects(unknown, isApiError(404, 'item_not_found', 'items[0].id'));
    });

    it('are refused with their location when the item does not exist', async () => {
      const input: ResponseInputItem[] = [{ role: 'user', content: 'Hello' }, refer('msg_unknown')];
      await assert.rejects(
        setup.openai.responses.create({ model, input }),
        isApiError(404, 'item_not_found', 'input[1].id'),
      );
    });

    it('are refused when the item was deleted or never stored', async () => {
      const { id, output } = await setup.openai.responses.create({ model, input: 'say Good day.' });
      await setup.openai.responses.delete(id);
      const unkept = await setup.openai.responses.create({ model, input: 'say Good day.', store: false });
      for (const [item] of [output, unkept.output]) {
        const input = [refer(item?.id ?? ''), { role: 'user' as const, content: 'Again!' }];
        await assert.rejects(
          setup.openai.responses.create({ model, input }),
          isApiError(404, 'item_not_found', 'input[0].id'),
        );
      }
    });
  });
}
