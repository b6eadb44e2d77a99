import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createResponseId } from '../../src/ids.ts';
import { stores, useServer } from '../clients/agents-under-test.ts';
import { checkedFetch } from '../helpers/contract-check.ts';
import { isApiError } from './is-api-error.ts';
import { postJson } from './post-json.ts';

const model = 'any-name';
const unknown = createResponseId();

for (const store of stores) {
  describe(`the input of a stored response, with the ${store} store`, () => {
    const setup = useServer('offline agent', store);
    const ids = ['a', 'b', 'c', 'd', 'e'].map((name) => `msg_${name}`);
    const respond = async (): Promise<string> => {
      const input = ids.map((id) => ({ id, role: 'user', content: id }));
      const { id } = await postJson(`${setup.url}/v1/responses`, { model, input });
      return id;
    };
    const list = async (id: string, query: { after?: string; limit?: number; order?: 'asc' | 'desc' } = {}) => {
      const search = new URLSearchParams();
      for (const [key, value] of Object.entries(query)) search.set(key, `${value}`);
      const reply = await checkedFetch(`${setup.url}/v1/responses/${id}/input_items?${search}`);
      return { status: reply.status, body: JSON.parse(await reply.text()) };
    };

    it('is listed newest first, or oldest first on request', async () => {
      const id = await respond();
      const page = await setup.openai.responses.inputItems.list(id);
      assert.deepEqual(
        page.data.map((item) => item.id),
        ids.toReversed(),
      );
      const ascending = await Array.fromAsync(setup.openai.responses.inputItems.list(id, { order: 'asc' }));
      assert.deepEqual(
        ascending.map((item) => item.id),
        ids,
      );
    });

    it('is paged through by the SDK, two items at a time', async () => {
      const id = await respond();
      const seen: unknown[] = [];
      for await (const item of setup.openai.responses.inputItems.list(id, { order: 'asc', limit: 2 }))
        seen.push(item.id);
      assert.deepEqual(seen, ids);
    });

    it('has pages with their first and last id, and whether more follows', async () => {
      const id = await respond();
      const first = await list(id, { limit: 2, order: 'asc' });
      const { data: _, ...facts } = first.body;
      assert.deepEqual(facts, { object: 'list', first_id: 'msg_a', last_id: 'msg_b', has_more: true });
      const last = await list(id, { limit: 2, order: 'asc', after: 'msg_c' });
      assert.deepEqual([last.body.first_id, last.body.last_id, last.body.has_more], ['msg_d', 'msg_e', false]);
      const empty = await list(id, { order: 'asc', after: 'msg_e' });
      assert.deepEqual(empty.body, { object: 'list', data: [], first_id: null, last_id: null, has_more: false });
      const back = await list(id, { after: 'msg_b' });
      assert.deepEqual([back.body.first_id, back.body.has_more], ['msg_a', false]);
    });

    it('contains the items of its own turn only, in full form', async () => {
      const first = await setup.openai.responses.create({ model, input: 'one' });
      const second = await setup.openai.responses.create({ model, input: 'two', previous_response_id: first.id });
      const { data } = await setup.openai.responses.inputItems.list(second.id);
      assert.equal(data.length, 1);
      const [item] = data;
      assert.ok(item?.type === 'message' && item.role === 'user');
      assert.deepEqual(item.content, [{ type: 'input_text', text: 'two' }]);
      assert.equal(item.status, 'completed');
    });

    for (const [query, param] of [
      [{ after: 'msg_x' }, 'after'],
      [{ limit: 0 }, 'limit'],
      [{ limit: 101 }, 'limit'],
    ] as const) {
      it(`is not listed for ${JSON.stringify(query)}`, async () => {
        const { status, body } = await list(await respond(), query);
        assert.deepEqual([status, body.error.code, body.error.param], [400, 'invalid_value', param]);
      });
    }

    it('is a 404 for an unknown or deleted response', async () => {
      const id = await respond();
      await setup.openai.responses.delete(id);
      for (const gone of [id, unknown, 'resp_x']) {
        const refused = setup.openai.responses.inputItems.list(gone);
        await assert.rejects(refused, isApiError(404, 'response_not_found', 'response_id'));
      }
    });

    it('cannot be cancelled: a stored response has ended', async () => {
      const id = await respond();
      await assert.rejects(setup.openai.responses.cancel(id), isApiError(400, 'invalid_value', 'response_id'));
      await assert.rejects(
        setup.openai.responses.cancel(unknown),
        isApiError(404, 'response_not_found', 'response_id'),
      );
      assert.equal((await setup.openai.responses.retrieve(id)).status, 'completed');
    });
  });
}
