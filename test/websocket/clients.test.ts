import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, before, describe, test } from 'node:test';
import { Agent, setTracingDisabled, tool, withResponsesWebSocketSession } from '@openai/agents';
import OpenAI from 'openai';
import { ResponsesWS } from 'openai/resources/responses/ws';
import { z } from 'zod';
import { createCodexRequest, user } from '../clients/codex-request.ts';
import { startTalaria, type TestServer } from '../helpers/talaria.ts';
import { startUpstream } from '../helpers/upstream.ts';
import { connectSocket, idOf, type Message, textOf, toSocketUrl } from './connect-socket.ts';

const key = 'sk-1';
let server: TestServer;
before(async () => {
  server = await startTalaria({ API_SERVER_KEY: key, VALIDATE_OUTPUT: '1' });
});
after(() => server[Symbol.asyncDispose]());

describe('openai 7.59, ResponsesWS', () => {
  const createClient = (apiKey = key) => new OpenAI({ baseURL: `${server.url}/v1`, apiKey, maxRetries: 0 });

  /** Returns the events of one turn up to its terminal event. */
  async function create(ws: ResponsesWS, fields: object): Promise<Message[]> {
    const events: Message[] = [];
    const done = new Promise<void>((resolve, reject) => {
      ws.on('event', (event) => events.push(event));
      ws.once('response.completed', () => resolve());
      ws.once('error', reject);
    });
    // The frame type of the package is incomplete.
    ws.send({ type: 'response.create', ...fields } as Parameters<typeof ws.send>[0]);
    await done;
    return events;
  }

  test('holds a conversation that is never stored', async () => {
    const ws = new ResponsesWS(createClient());
    const first = await create(ws, { model: 'offline', store: false, input: 'Hello' });
    assert.equal(first[0].type, 'response.created');
    const second = await create(ws, {
      model: 'offline',
      store: false,
      input: 'Again',
      previous_response_id: idOf(first),
    });
    assert.match(textOf(second), /Turn 2\. You said: Again/);
    ws.close();
  });

  test('N26: gets the envelope as an error with its code, and can go on', async () => {
    const ws = new ResponsesWS(createClient());
    const previous_response_id = `resp_${'0'.repeat(32)}`;
    await assert.rejects(create(ws, { store: false, input: 'Hello', previous_response_id }), (thrown: Message) => {
      assert.equal(thrown.error.status, 404);
      assert.equal(thrown.error.error.code, 'previous_response_not_found');
      return true;
    });
    assert.equal(textOf(await create(ws, { store: false, input: '/say Fine.' })), 'Fine.');
    ws.close();
  });

  test('learns the status of a refused handshake', async () => {
    const ws = new ResponsesWS(createClient('wrong'));
    const error: Message = await new Promise((resolve) => ws.on('error', resolve));
    assert.match(`${error.message} ${error.cause?.message}`, /Unexpected server response: 401/);
  });

  test('is iterated like a stream, and closes cleanly', async () => {
    const ws = new ResponsesWS(createClient());
    ws.send({ type: 'response.create', model: 'offline', store: false, input: '/say Hi.' });
    const types: string[] = [];
    for await (const event of ws.stream()) {
      types.push(event.type === 'message' ? event.message.type : event.type);
      if (types.at(-1) === 'response.completed') ws.close();
    }
    assert.equal(types.filter((type) => type.startsWith('response.')).at(0), 'response.created');
    assert.equal(types.at(-1), 'close');
    assert.ok(!types.includes('error'));
  });
});

describe("Node's own WebSocket (the Agents SDK's)", () => {
  /** Its type lacks undici's options, which carry the headers. */
  const open = () =>
    new WebSocket(toSocketUrl(server.url), { headers: { authorization: `Bearer ${key}` } } as unknown as string[]);

  test('offers permessage-deflate, gets none, and is served', async () => {
    const socket = open();
    await once(socket, 'open');
    assert.equal(socket.extensions, '');
    socket.send(JSON.stringify({ type: 'response.create', store: false, stream: true, input: '/say Hi.' }));
    const completed: Message = await new Promise((resolve) => {
      socket.addEventListener('message', ({ data }) => {
        const event = JSON.parse(data);
        if (event.type === 'response.completed') resolve(event.response);
      });
    });
    assert.equal(completed.output[0].content[0].text, 'Hi.');
    socket.close();
    const [{ wasClean }] = await once(socket, 'close');
    assert.equal(wasClean, true);
  });
});

describe('Agents SDK 0.20, withResponsesWebSocketSession', () => {
  test('runs several turns with a tool loop on one connection', async () => {
    setTracingDisabled(true);
    const asked: unknown[] = [];
    const weather = tool({
      name: 'get_weather',
      description: 'The weather.',
      parameters: z.object({ city: z.string() }),
      execute: (input) => {
        asked.push(input);
        return '18 degrees';
      },
    });
    const agent = new Agent({ name: 'Tester', instructions: 'Be brief.', model: 'offline', tools: [weather] });
    await withResponsesWebSocketSession(
      async ({ run }) => {
        const script = '/call get_weather {"city":"Paris"}\n/then\n/say It is warm.';
        const first = await run(agent, script, { stream: true });
        await first.completed;
        assert.equal(first.finalOutput, 'It is warm.');
        const second = await run(agent, '/say Hello again.');
        assert.equal(second.finalOutput, 'Hello again.');
      },
      {
        providerOptions: { apiKey: key, baseURL: `${server.url}/v1` },
        runnerConfig: { tracingDisabled: true },
      },
    );
    assert.deepEqual(asked, [{ city: 'Paris' }]);
  });
});

describe('Codex CLI 0.169 (supports_websockets)', () => {
  const headers = {
    authorization: `Bearer ${key}`,
    'openai-beta': 'responses_websockets=2026-02-06',
    originator: 'codex_exec',
    'x-codex-beta-features': 'remote_compaction_v2',
    'sec-websocket-extensions': 'permessage-deflate; client_max_window_bits',
  };

  test('prewarms, continues with the rest of its input, then sends tool outputs alone, and disconnects without a close frame', async () => {
    await using upstream = await startUpstream();
    await using talaria = await startTalaria({ API_SERVER_KEY: key, AGENT_URL: upstream.url });
    await using client = await connectSocket(talaria.url, { headers });
    assert.equal(client.socket.extensions, '');
    const { input, ...fields }: Message = { ...createCodexRequest(), model: 'test-model' };

    const prewarm = await client.create({ ...fields, generate: false, input: input.slice(0, 1) });
    assert.deepEqual(
      prewarm.map((event) => event.type),
      ['response.created', 'response.in_progress', 'response.completed'],
    );
    assert.deepEqual(prewarm.at(-1).response.output, []);
    assert.equal(upstream.requests.length, 0);

    const rest = [...input.slice(1, -1), user('tool exec_command {"cmd":"npm test"}')];
    const called = await client.create({ ...fields, previous_response_id: idOf(prewarm), input: rest });
    const call = called.at(-1).response.output.find((item: Message) => item.type === 'function_call');
    assert.equal(call.name, 'exec_command');
    assert.match(upstream.requests[0]?.body.messages[0].content, /^You are a coding agent\./);

    const output = { type: 'function_call_output', id: 'fco_client_1', call_id: call.call_id, output: 'all passing' };
    const answered = await client.create({ ...fields, previous_response_id: idOf(called), input: [output] });
    assert.equal(textOf(answered), 'The tool said: all passing');
    const messages: Message[] = upstream.requests[1]?.body.messages;
    assert.deepEqual(
      messages.filter((message) => message.role === 'system').length,
      1,
      'the system prompt of the prewarm is still the first',
    );
    client.socket.terminate();
  });

  test('starts from scratch with its whole input when the chain is lost, on the same connection', async () => {
    await using client = await connectSocket(server.url, { headers });
    const request: Message = createCodexRequest();
    const [lost] = await client.create({ ...request, previous_response_id: `resp_${'0'.repeat(32)}` });
    assert.equal(lost.error.code, 'previous_response_not_found');
    assert.equal((await client.create(request)).at(-1).type, 'response.completed');
  });

  test('compacts in the stream: one compaction item, which the next turn builds on', async () => {
    await using client = await connectSocket(server.url, { headers });
    const first = await client.create({ input: 'My name is Ada.' });
    const compacted = await client.create({
      input: [{ type: 'compaction_trigger' }],
      previous_response_id: idOf(first),
    });
    const { output } = compacted.at(-1).response;
    assert.deepEqual(
      output.map((item: Message) => item.type),
      ['compaction'],
    );
    // N22: the compacted output is the base of a new chain.
    const next = await client.create({ input: [...output, user('/say Go on.')] });
    assert.equal(textOf(next), 'Go on.');
  });
});
