import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { post, startTalaria, type TestServer } from '../helpers/talaria.ts';

// biome-ignore lint/suspicious/noExplicitAny: tests read the JSON that they expect
type Json = any;

const look = { type: 'function', name: 'look', parameters: { type: 'object' }, async: true };
const tools = [
  look,
  { type: 'custom', name: 'patch', async: true },
  { type: 'namespace', name: 'eyes', description: 'To see.', tools: [{ ...look, name: 'see' }] },
];

describe('an async tool', () => {
  let server: TestServer;
  before(async () => {
    server = await startTalaria({ VALIDATE_OUTPUT: '1' });
  });
  after(() => server[Symbol.asyncDispose]());

  const respond = async (body: object): Promise<Json> =>
    (await post(`${server.url}/v1/responses`, { model: 'offline', tools, ...body })).json();

  test('is marked in its calls: of functions, custom tools and tools in namespaces', async () => {
    const input = '/say Looking.\n/call look {}\n/call patch {"input":"x"}\n/call eyes__see {}';
    const { output, tools: echo } = await respond({ input });
    assert.deepEqual(
      output.map(({ type, name, async }: Json) => [type, name, async]),
      [
        ['message', undefined, undefined],
        ['function_call', 'look', true],
        ['custom_tool_call', 'patch', true],
        ['function_call', 'see', true],
      ],
    );
    assert.equal(echo[0].async, true);
    const { output: plain } = await respond({ input: '/call look {}', tools: [{ ...look, async: false }] });
    assert.equal(plain[0].async, false);
  });

  test('is marked in the events of a stream and of its replay', async () => {
    const reply = await post(`${server.url}/v1/responses`, { tools, input: '/call look {}', stream: true });
    const live = await reply.text();
    assert.equal([...live.matchAll(/"type":"function_call",[^}]*"async":true/g)].length, 3, 'added, done and the end');
    const { id } = await respond({ input: '/call look {}' });
    const replayed = await (await fetch(`${server.url}/v1/responses/${id}?stream=true`)).text();
    assert.equal([...replayed.matchAll(/"type":"function_call",[^}]*"async":true/g)].length, 3);
  });

  test('can answer turns later, with the newest previous_response_id and the original call_id', async () => {
    const called = await respond({ input: '/call look {}' });
    const { call_id } = called.output[0];
    const between = await respond({ previous_response_id: called.id, input: '/say Meanwhile.' });
    assert.equal(between.status, 'completed', 'a turn without the output goes on');
    const output = { type: 'function_call_output', call_id, output: 'a tree' };
    const answered = await respond({ previous_response_id: between.id, input: [output] });
    assert.match(answered.output[0].content[0].text, /a tree/);
  });

  test('of earlier turns keeps its mark in the history that is sent back', async () => {
    const call = { type: 'function_call', call_id: 'call_1', name: 'look', arguments: '{}', async: true };
    const { id } = await respond({ input: [call, { role: 'user', content: 'Go on.' }] });
    const list: Json = await (await fetch(`${server.url}/v1/responses/${id}/input_items?order=asc`)).json();
    assert.equal(list.data[0].async, true);
  });
});
