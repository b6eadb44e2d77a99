import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { Agent, setTracingDisabled, tool, withResponsesWebSocketSession } from '@openai/agents';
import { ResponsesWS } from 'openai/resources/responses/ws';
import { z } from 'zod';
import { connectSocket } from '../websocket/connect-socket.ts';
import { useServer } from './agents-under-test.ts';
import { codeModeTools, user } from './codex-request.ts';

const script = '/say Let me look.\n/call get_weather {"city":"Paris"}\n/then\n/say It is warm.';

describe('published clients over a WebSocket', () => {
  const setup = useServer('offline agent', 'memory');
  before(() => setTracingDisabled(true));

  it('openai: reads the events of a turn, then an error, then another turn on the same socket', async () => {
    const socket = new ResponsesWS(setup.openai);
    const create = (fields: object) => socket.send({ type: 'response.create', model: 'any', ...fields });
    const types: string[] = [];
    const done: string[] = [];
    const ended = Promise.withResolvers<void>();
    socket.on('event', (event) => {
      types.push(event.type);
      if (event.type === 'response.completed') done.push(event.response.id);
      if (done.length === 2) ended.resolve();
    });
    const failures: unknown[] = [];
    socket.on('error', (error) => failures.push(error.error ?? error));
    create({ input: '/say One.' });
    create({ input: 'two', previous_response_id: `resp_${'0'.repeat(32)}` });
    create({ input: '/say Three.' });
    await ended.promise;
    socket.close();
    assert.equal(types[0], 'response.created');
    assert.equal(failures.length, 1);
    assert.match(JSON.stringify(failures[0]), /previous_response_not_found/);
  });

  it('the Agents SDK: runs several turns with a tool over one connection', async () => {
    const asked: unknown[] = [];
    const lookUp = tool({
      name: 'get_weather',
      description: 'The weather of a city.',
      parameters: z.object({ city: z.string() }),
      execute: (input) => {
        asked.push(input);
        return '18 degrees';
      },
    });
    const agent = new Agent({ name: 'Tester', model: 'any', tools: [lookUp] });
    const providerOptions = { apiKey: 'none', baseURL: `${setup.url}/v1` };
    await withResponsesWebSocketSession(
      async ({ run }) => {
        const first = await run(agent, script);
        assert.equal(first.finalOutput, 'It is warm.');
        const previousResponseId = first.lastResponseId ?? '';
        const second = await run(agent, 'two', { previousResponseId, stream: true });
        await second.completed;
        assert.match(second.finalOutput ?? '', /Turn 2\. You said: two/);
      },
      { providerOptions, runnerConfig: { tracingDisabled: true } },
    );
    assert.deepEqual(asked, [{ city: 'Paris' }]);
  });

  it('Codex: warms up with its prompt, then sends new items, then only outputs, with store: false', async () => {
    const headers = { 'openai-beta': 'responses_websockets=2026-02-06', originator: 'codex_exec' };
    await using socket = await connectSocket(setup.url, { headers, perMessageDeflate: true });
    const common = { model: 'any', store: false, stream: true, parallel_tool_calls: false };
    const warm = await socket.create({ ...common, generate: false, input: [codeModeTools()] });
    const warmed = warm.at(-1).response;
    assert.deepEqual([warm[0].type, warmed.status, warmed.output], ['response.created', 'completed', []]);
    const asked = '/call clock__now {}\n/then\n/say It is noon.';
    const turn = await socket.create({ ...common, previous_response_id: warmed.id, input: [user(asked)] });
    const [call] = turn.at(-1).response.output;
    assert.deepEqual([call.type, call.namespace, call.name], ['function_call', 'clock', 'now']);
    const output = { type: 'function_call_output', id: 'fco_1', call_id: call.call_id, output: 'noon' };
    const next = { ...common, previous_response_id: turn.at(-1).response.id, input: [output] };
    assert.equal((await socket.create(next)).at(-1).response.output[0].content[0].text, 'It is noon.');
    socket.socket.terminate();
  });

  it('Codex: gets a dedicated error for a lost chain, and resends the whole history', async () => {
    await using socket = await connectSocket(setup.url);
    const lost = await socket.create({ model: 'any', previous_response_id: `resp_${'0'.repeat(32)}`, input: 'two' });
    assert.equal(lost.at(-1).error.code, 'previous_response_not_found');
    const whole = await socket.create({ model: 'any', input: [user('one'), user('/say Two.')] });
    assert.equal(whole.at(-1).response.output[0].content[0].text, 'Two.');
  });
});
