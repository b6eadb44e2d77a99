import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { post, startTalaria, type TestServer } from '../helpers/talaria.ts';
import { startUpstream } from '../helpers/upstream.ts';

// biome-ignore lint/suspicious/noExplicitAny: tests read the JSON that they expect
type Json = any;

const update = (settings: object) => ({ type: 'configuration_update', ...settings });
const user = (content: string) => ({ role: 'user', content });
const schema = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] };
const cityFormat = { type: 'json_schema', name: 'city', schema };

describe('a configuration_update', () => {
  let server: TestServer;
  before(async () => {
    server = await startTalaria({ VALIDATE_OUTPUT: '1' });
  });
  after(() => server[Symbol.asyncDispose]());

  const send = async (path: string, body: object): Promise<Json> =>
    (await post(`${server.url}/v1/${path}`, body)).json();
  const respond = (body: object) => send('responses', { model: 'offline', ...body });

  test('holds for its turn and all later ones, until another replaces the setting', async () => {
    const first = await respond({
      input: [user('One'), update({ reasoning: { effort: 'low' } })],
      reasoning: { effort: 'high', summary: 'auto' },
    });
    assert.deepEqual([first.reasoning.effort, first.reasoning.summary], ['low', 'auto']);
    const next = async (previous: Json, input: object[], more: object = {}) =>
      respond({ previous_response_id: previous.id, input, ...more });
    const second = await next(first, [user('Two')], { reasoning: { effort: 'medium' } });
    assert.equal(second.reasoning.effort, 'low', 'the value of the request is only the baseline');
    const third = await next(second, [update({ text: { format: cityFormat } }), user('Three')]);
    assert.deepEqual([third.reasoning.effort, third.text.format.name], ['low', 'city']);
    assert.doesNotThrow(() => JSON.parse(third.output.at(-1).content[0].text));
    const plain = await next(third, [user('Four'), update({ text: { format: { type: 'text' } } })]);
    assert.deepEqual([plain.reasoning.effort, plain.text.format.type], ['low', 'text']);
    const reset = await next(plain, [user('Five'), update({ reasoning: { effort: null } })]);
    assert.equal(reset.reasoning.effort, null);
    const branch = await next(first, [user('Again')]);
    assert.equal(branch.reasoning.effort, 'low', 'a branch has the settings of its own history');
  });

  test('reaches the agent as the settings it makes, not as an item', async () => {
    await using upstream = await startUpstream();
    await using behind = await startTalaria({ AGENT_URL: upstream.url });
    const input = [user('One'), update({ reasoning: { effort: 'low' }, text: { format: cityFormat } })];
    await post(`${behind.url}/v1/responses`, { model: 'any', input }).then((reply) => reply.text());
    const [sent] = upstream.requests.filter(({ path }) => path.endsWith('/chat/completions'));
    const body: Json = sent?.body;
    assert.equal(body.reasoning_effort, 'low');
    assert.equal(body.response_format.json_schema.name, 'city');
    assert.deepEqual(
      body.messages.map((message: Json) => message.role),
      ['user'],
    );
  });

  test('is history: it is listed with its id, in a response and in a conversation', async () => {
    const response = await respond({ input: [user('One'), update({ id: 'cu_1', reasoning: { effort: 'low' } })] });
    const list: Json = await (await fetch(`${server.url}/v1/responses/${response.id}/input_items?order=asc`)).json();
    assert.equal(list.data[1].type, 'configuration_update');
    assert.deepEqual([list.data[1].id, list.data[1].reasoning], ['cu_1', { effort: 'low' }]);
    const conversation = await send('conversations', { items: [update({ text: { format: { type: 'text' } } })] });
    const items: Json = await (await fetch(`${server.url}/v1/conversations/${conversation.id}/items`)).json();
    assert.match(items.data[0].id, /./);
    assert.deepEqual(items.data[0].text, { format: { type: 'text' } });
    const later = await respond({ conversation: conversation.id, input: 'Hello', text: { format: cityFormat } });
    assert.equal(later.text.format.type, 'text');
  });

  test('stays when the history is compacted', async () => {
    const input = [user('One'), update({ reasoning: { effort: 'low' } })];
    const compacted = await send('responses/compact', { model: 'offline', input });
    assert.deepEqual(
      compacted.output.map((item: Json) => item.type),
      ['configuration_update', 'compaction'],
    );
    const next = await respond({ input: [...compacted.output, user('Two')] });
    assert.equal(next.reasoning.effort, 'low');
  });

  const refused: [settings: object, param: string][] = [
    [{}, 'input[1]'],
    [{ reasoning: { effort: 'low', summary: 'auto' } }, 'input[1].reasoning.summary'],
    [{ text: { format: { type: 'text' }, verbosity: 'low' } }, 'input[1].text.verbosity'],
    [{ temperature: 0 }, 'input[1].temperature'],
    [{ reasoning: { effort: 'a lot' } }, 'input[1].reasoning.effort'],
    [{ text: { format: { type: 'json_object' } } }, 'input[1].text.format.type'],
  ];
  for (const [settings, param] of refused) {
    test(`of ${JSON.stringify(settings)} is refused`, async () => {
      const reply = await post(`${server.url}/v1/responses`, { input: [user('One'), update(settings)] });
      assert.equal(reply.status, 400);
      assert.equal(((await reply.json()) as Json).error.param, param);
    });
  }
});
