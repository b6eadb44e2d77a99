import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ResponseInputItem } from 'openai/resources/responses/responses';
import { stores, useServer } from '../clients/agents-under-test.ts';
import { post } from '../helpers/talaria.ts';
import { isApiError } from '../responses/is-api-error.ts';
import { postJson } from '../responses/post-json.ts';

const user = (content: string): ResponseInputItem => ({ role: 'user', content });
const textOf = (item: object): unknown =>
  'content' in item && Array.isArray(item.content) ? item.content[0].text : '';

for (const store of stores) {
  describe(`the items of a conversation, with the ${store} store`, () => {
    const setup = useServer('offline agent', store);
    const conversations = () => setup.openai.conversations;
    const create = async (...texts: string[]): Promise<string> =>
      (await conversations().create({ items: texts.map(user) })).id;
    const textsOf = async (id: string): Promise<unknown[]> =>
      (await conversations().items.list(id, { order: 'asc' })).data.map(textOf);

    it('are added in order and returned in their full form', async () => {
      const id = await create('one');
      const added = await conversations().items.create(id, { items: [user('two'), user('three')] });
      assert.deepEqual(added.data.map(textOf), ['two', 'three']);
      assert.deepEqual([added.object, added.has_more], ['list', false]);
      assert.deepEqual([added.first_id, added.last_id], [added.data[0]?.id, added.data[1]?.id]);
      assert.deepEqual(await textsOf(id), ['one', 'two', 'three']);
      assert.ok(added.data.every((item) => item.type === 'message' && item.status === 'completed'));
    });

    it("may be of every type, with the client's ids", async () => {
      const items: ResponseInputItem[] = [
        { type: 'message', id: 'msg_mine', role: 'assistant', content: 'Good day.' } as ResponseInputItem,
        { type: 'function_call', call_id: 'a', name: 'look', arguments: '{}' },
        { type: 'function_call_output', call_id: 'a', output: 'seen' },
        { type: 'custom_tool_call', call_id: 'b', name: 'run', input: 'x' },
        { type: 'custom_tool_call_output', call_id: 'b', output: [{ type: 'input_text', text: 'ran' }] },
        { type: 'reasoning', id: 'rs_1', summary: [{ type: 'summary_text', text: 'Hm.' }] },
      ];
      const conversation = await conversations().create({ items });
      const { data } = await conversations().items.list(conversation.id, { order: 'asc' });
      assert.deepEqual(
        data.map((item) => item.type),
        items.map((item) => item.type),
      );
      assert.equal(data[0]?.id, 'msg_mine');
    });

    it('are refused when no agent could accept them, before they break every turn of the conversation', async () => {
      const id = await create('one');
      const picture = (image: object) => ({ role: 'user', content: [{ type: 'input_image', ...image }] });
      const output = [{ type: 'input_file', file_url: 'file:///etc/passwd' }];
      const sealed = { encrypted_content: 'made elsewhere' };
      const refusals: [item: object, code: string, place: string][] = [
        [picture({ image_url: 'file:///etc/passwd' }), 'invalid_value', 'content[0].image_url'],
        [picture({ file_id: 'file_1' }), 'unsupported_value', 'content[0]'],
        [{ type: 'function_call_output', call_id: 'a', output }, 'invalid_value', 'output[0].file_url'],
        [{ type: 'custom_tool_call_output', call_id: 'a', output }, 'invalid_value', 'output[0].file_url'],
        [{ type: 'compaction', ...sealed }, 'invalid_encrypted_content', 'encrypted_content'],
      ];
      for (const [item, code, place] of refusals) {
        const items = [user('two'), item];
        for (const path of ['/v1/conversations', `/v1/conversations/${id}/items`]) {
          const reply = await post(setup.url + path, { items });
          const { error } = JSON.parse(await reply.text());
          assert.deepEqual([reply.status, error?.code, error?.param], [400, code, `items[1].${place}`], path);
        }
      }
      assert.deepEqual(await textsOf(id), ['one']);
    });

    it('are listed newest first by default, and paged through completely', async () => {
      const texts = ['a', 'b', 'c', 'd', 'e'];
      const id = await create(...texts);
      const first = await conversations().items.list(id, { limit: 2 });
      assert.deepEqual(first.data.map(textOf), ['e', 'd']);
      assert.equal(first.has_more, true);
      for (const [order, expected] of [
        ['asc', texts],
        ['desc', texts.toReversed()],
      ] as const) {
        const seen: unknown[] = [];
        for await (const item of conversations().items.list(id, { order, limit: 2 })) seen.push(textOf(item));
        assert.deepEqual(seen, expected);
      }
      const after = conversations().items.list(id, { after: 'msg_x' });
      await assert.rejects(after, isApiError(400, 'invalid_value', 'after'));
    });

    it('are read one by one', async () => {
      const id = await create('one');
      const { data } = await conversations().items.list(id);
      const [item] = data;
      assert.deepEqual(await conversations().items.retrieve(item?.id ?? '', { conversation_id: id }), item);
      await assert.rejects(
        conversations().items.retrieve('msg_x', { conversation_id: id }),
        isApiError(404, 'item_not_found', 'item_id'),
      );
      const other = await create('other');
      await assert.rejects(
        conversations().items.retrieve(item?.id ?? '', { conversation_id: other }),
        isApiError(404, 'item_not_found', 'item_id'),
      );
    });

    it('are deleted one by one; the reply is the conversation', async () => {
      const id = await create('one', 'two', 'three');
      const { data } = await conversations().items.list(id, { order: 'asc' });
      const conversation = await conversations().items.delete(data[1]?.id ?? '', { conversation_id: id });
      assert.deepEqual([conversation.id, conversation.object], [id, 'conversation']);
      assert.deepEqual(await textsOf(id), ['one', 'three']);
      await assert.rejects(
        conversations().items.delete(data[1]?.id ?? '', { conversation_id: id }),
        isApiError(404, 'item_not_found', 'item_id'),
      );
    });

    it('are refused as a whole when one of them cannot be stored: a trigger, audio, a dangling reference', async () => {
      const id = await create('one');
      const refused: [unknown, number, string, string][] = [
        [{ type: 'compaction_trigger' }, 400, 'unsupported_value', 'items[1]'],
        [
          { role: 'user', content: [{ type: 'input_audio', input_audio: { data: 'AA==', format: 'wav' } }] },
          400,
          'unsupported_value',
          'items[1].content[0]',
        ],
        [{ type: 'item_reference', id: 'msg_x' }, 404, 'item_not_found', 'items[1].id'],
        [{ type: 'message', role: 'odd', content: 'x' }, 400, 'invalid_value', 'items[1].role'],
      ];
      for (const [item, status, code, param] of refused) {
        const items = [user('two'), item] as ResponseInputItem[];
        await assert.rejects(conversations().items.create(id, { items }), isApiError(status, code, param));
      }
      assert.deepEqual(await textsOf(id), ['one']);
    });

    it('may be none, as the session of the Agents SDK begins', async () => {
      const { id } = await postJson(`${setup.url}/v1/conversations`, { items: [] });
      const { data, has_more } = await conversations().items.list(id, { order: 'asc' });
      assert.deepEqual([data, has_more], [[], false]);
    });
  });
}
