import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { post, startTalaria, type TestServer } from '../helpers/talaria.ts';
import { connectSocket } from '../websocket/connect-socket.ts';

// biome-ignore lint/suspicious/noExplicitAny: tests read the JSON that they expect
type Json = any;

describe('the newer options of a response', () => {
  let server: TestServer;
  before(async () => {
    server = await startTalaria({ VALIDATE_OUTPUT: '1' });
  });
  after(() => server[Symbol.asyncDispose]());

  const respond = async (body: object): Promise<{ status: number; json: Json }> => {
    const reply = await post(`${server.url}/v1/responses`, { model: 'offline', input: 'Hello', ...body });
    return { status: reply.status, json: await reply.json() };
  };

  for (const body of [
    { background: true, background_options: { completion_window: '2h', continuation_id: 'c1' } },
    { background: true, background_options: { completion_window: '8h' }, service_tier: 'default' },
    { background_options: { completion_window: 'soonest' } },
    { background_options: {} },
  ]) {
    test(`${JSON.stringify(body)} is accepted and reported back`, async () => {
      const { status, json } = await respond(body);
      assert.equal(status, 200);
      assert.deepEqual(json.background_options, body.background_options);
    });
  }

  for (const [body, param] of [
    [{ background_options: { completion_window: '2h' } }, 'background_options.completion_window'],
    [{ background: false, background_options: { completion_window: '8h' } }, 'background_options.completion_window'],
    [
      { background: true, stream: true, background_options: { completion_window: '2h' } },
      'background_options.completion_window',
    ],
    [
      { background: true, service_tier: 'flex', background_options: { completion_window: '2h' } },
      'background_options.completion_window',
    ],
    [{ background_options: { completion_window: '1h' } }, 'background_options.completion_window'],
    [{ image: { context_compression: 'enabled' } }, 'image'],
    [{ prompt_cache_options: { prewarm: true } }, 'prompt_cache_options.prewarm'],
  ] as const) {
    test(`${JSON.stringify(body)} is refused`, async () => {
      const { status, json } = await respond(body);
      assert.deepEqual([status, json.error.param], [400, param]);
    });
  }

  test('what this server has not is reported as that', async () => {
    const { json } = await respond({
      access_programs: { cyber: 'standard' },
      image: { context_compression: 'auto' },
      prompt_cache_options: { comparison_response_id: 'resp_1' },
    });
    assert.equal(json.access_programs, null);
    assert.deepEqual(json.image, { context_compression: 'disabled' });
    assert.deepEqual(json.prompt_cache_diagnostics, { type: 'unavailable' });
  });

  test('a failed response has the type and the param of its error', async () => {
    const { json } = await respond({ background: true, input: '/status 429' });
    let response = json;
    while (!['failed', 'completed'].includes(response.status)) {
      response = await (await fetch(`${server.url}/v1/responses/${json.id}`)).json();
    }
    assert.deepEqual([response.error.type, response.error.param], ['rate_limit_error', null]);
  });

  test('over a WebSocket, prewarm takes the input and generates nothing', async () => {
    await using client = await connectSocket(server.url);
    const turn = await client.create({ input: 'Hello', prompt_cache_options: { prewarm: true, mode: 'explicit' } });
    assert.deepEqual([turn.at(-1).type, turn.at(-1).response.output], ['response.completed', []]);
  });
});
