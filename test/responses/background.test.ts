import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { assertReadable } from '../clients/stream-rules.ts';
import { storeKinds } from '../helpers/store-urls.ts';
import { post } from '../helpers/talaria.ts';
import { waitUntil } from '../helpers/wait-until.ts';
import { isApiError } from './is-api-error.ts';
import {
  model,
  type ResumableServer,
  readTexts,
  startResumable,
  toEvents,
  turnsOf,
  useResumable,
} from './resumable-server.ts';

const background = true;

const begin = ({ openai }: ResumableServer, input: string, more: object = {}) =>
  openai.responses.create({ model, input, background, ...more });

/** Returns the response once it has ended. */
async function untilEnded({ openai }: ResumableServer, id: string) {
  await waitUntil(async () => !['queued', 'in_progress'].includes((await openai.responses.retrieve(id)).status ?? ''));
  return openai.responses.retrieve(id);
}

for (const kind of storeKinds) {
  describe(`a response in the background (${kind.name})`, () => {
    const server = useResumable(kind);

    it('is returned immediately as queued, before any output', async () => {
      const input = 'hang';
      const response = await begin(server, input);
      assert.equal(response.status, 'queued');
      assert.deepEqual([response.background, response.output, response.usage, response.error], [true, [], null, null]);
      await waitUntil(() => turnsOf(server, input) === 1);
      const { status, output } = await server.openai.responses.retrieve(response.id);
      assert.deepEqual([status, output], ['in_progress', []]);
    });

    it('shows its output so far, and then the whole', async () => {
      const { id } = await begin(server, 'slow 20x30ms');
      const texts = new Set<string>();
      await waitUntil(async () => {
        const response = await server.openai.responses.retrieve(id);
        if (response.status === 'in_progress' && response.output_text) {
          texts.add(response.output_text);
          const [item] = response.output;
          assert.ok(item?.type === 'message' && item.status === 'in_progress');
        }
        return response.status === 'completed';
      });
      const whole = Array.from({ length: 20 }, (_, index) => `token${index + 1} `).join('');
      assert.ok(texts.size > 1, 'it was seen to grow');
      for (const text of texts) assert.ok(whole.startsWith(text), text);
      const done = await server.openai.responses.retrieve(id);
      assert.equal(done.output_text, whole);
      assert.ok(done.usage && done.usage.total_tokens > 0);
      assert.equal(typeof done.completed_at, 'number');
      const [item] = done.output;
      assert.ok(item?.type === 'message' && item.status === 'completed');
    });

    it('sends created, queued and in_progress, and then the events of every stream', async () => {
      const { id } = await begin(server, 'say one two');
      const events = toEvents(await readTexts(server.url, id));
      const types = events.map(({ type }) => type.replace('response.', ''));
      assert.deepEqual(types.slice(0, 3), ['created', 'queued', 'in_progress']);
      assert.equal(types.at(-1), 'completed');
      const statuses = events.slice(0, 3).map((event) => event['response'].status);
      assert.deepEqual(statuses, ['queued', 'queued', 'in_progress']);
      assertReadable(events);
      assert.deepEqual(events.at(-1)?.['response'], { ...(await getJson(server, id)) });
    });

    it('lists its input items while it runs', async () => {
      const { id } = await begin(server, 'hang');
      const { data } = await server.openai.responses.inputItems.list(id);
      assert.equal(data.length, 1);
    });

    it('calls tools and keeps to a format', async () => {
      const tools = [{ type: 'function' as const, name: 'get_weather', parameters: null, strict: null }];
      const call = await untilEnded(server, (await begin(server, 'tool get_weather {"city":"Paris"}', { tools })).id);
      const [item] = call.output;
      assert.ok(item?.type === 'function_call');
      assert.deepEqual([item.name, item.arguments, item.status], ['get_weather', '{"city":"Paris"}', 'completed']);
      const schema = { type: 'object', properties: { a: { type: 'number' } }, required: ['a'] };
      const text = { format: { type: 'json_schema', name: 'a', schema } };
      const { id } = await begin(server, 'say {"a":1}', { text });
      assert.deepEqual(JSON.parse((await untilEnded(server, id)).output_text), { a: 1 });
    });

    for (const [what, input] of Object.entries({
      'refuses with a client’s error': 'status 400',
      'refuses with a server’s error': 'status 500',
      'is too busy': 'status 429',
      'breaks off midway': 'say one two three\nbreak after 2',
    })) {
      it(`has failed, with the reason and a terminal event, when the agent ${what}`, async () => {
        const { id } = await begin(server, input);
        const events = toEvents(await readTexts(server.url, id));
        assert.equal(events.at(-1)?.type, 'response.failed');
        assertReadable(events);
        const response = await server.openai.responses.retrieve(id);
        assert.equal(response.status, 'failed');
        assert.ok(response.error?.code && response.error.message);
        if (input === 'status 500') assert.ok(!response.error.message.includes('secret-host'));
        assert.deepEqual(events.at(-1)?.['response'].error, response.error);
        assert.equal(response.output_text, what.startsWith('breaks') ? 'one two' : '');
      });
    }

    it('needs the store', async () => {
      await assert.rejects(
        begin(server, 'say unstored', { store: false }),
        isApiError(400, 'unsupported_value', 'background'),
      );
      assert.equal(turnsOf(server, 'say never'), 0);
    });

    it('is refused immediately when it is invalid, and nothing is stored', async () => {
      const missing = begin(server, 'say never', { previous_response_id: 'resp_missing' });
      await assert.rejects(missing, isApiError(404, 'previous_response_not_found', 'previous_response_id'));
      const conversation = begin(server, 'say never', { conversation: 'conv_missing' });
      await assert.rejects(conversation, isApiError(404, 'conversation_not_found', 'conversation'));
      assert.equal(turnsOf(server, 'say never'), 0);
    });

    it('queues when the server is busy, and is refused with Retry-After when the queue is full', async () => {
      await using busy = await startResumable(kind, { MAX_RUNS: '1', MAX_QUEUED_RUNS: '1' });
      const input = 'say one two\nhang after 1';
      const first = await begin(busy, input);
      await waitUntil(() => turnsOf(busy, input) === 1);
      const second = await begin(busy, 'say second');
      const body = { model, input: 'say third', background };
      for (const fields of [{}, { background: false }, { background: false, stream: true }]) {
        const reply = await post(`${busy.url}/v1/responses`, { ...body, ...fields });
        assert.equal(reply.status, 429);
        assert.match(reply.headers.get('retry-after') ?? '', /^[1-9]\d*$/);
        assert.match(await reply.text(), /"code":"rate_limit_exceeded"/);
      }
      const messages = [{ role: 'user', content: 'say fourth' }];
      assert.equal((await post(`${busy.url}/v1/chat/completions`, { model, messages })).status, 429);
      assert.equal((await busy.openai.responses.retrieve(second.id)).status, 'queued');
      assert.equal(turnsOf(busy, 'say second'), 0);
      await busy.openai.responses.cancel(first.id);
      assert.equal((await untilEnded(busy, second.id)).output_text, 'second');
    });
  });
}

async function getJson({ url }: ResumableServer, id: string): Promise<object> {
  return JSON.parse(await (await fetch(`${url}/v1/responses/${id}`)).text());
}
