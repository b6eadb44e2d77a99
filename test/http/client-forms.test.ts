import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { startTalaria, type TestServer } from '../helpers/talaria.ts';
import { startUpstream, type Upstream } from '../helpers/upstream.ts';
import { send } from './send.ts';

const chat = '/v1/chat/completions';
const responses = '/v1/responses';
const hi = { role: 'user', content: 'hi' };
const say = { role: 'user', content: 'say {}' };
const png = 'data:image/png;base64,iVBORw0KGgo=';
const image = { type: 'image_url', image_url: { url: png } };
const nested = { type: 'function', function: { name: 'f', parameters: { type: 'object' } } };
const call = { id: 'x', type: 'function', function: { name: 'f', arguments: '{"a":1}' } };
const tool = (content: unknown) => ({ role: 'tool', tool_call_id: 'x', content });
const answered = [hi, { role: 'assistant', content: null, tool_calls: [call] }, tool('1')];
const flatCall = { type: 'function_call', call_id: 'x', name: 'f', arguments: '{"a":1}' };
const output = (value: unknown) => ({ type: 'function_call_output', call_id: 'x', output: value });
const schemaFormat = { type: 'json_schema', json_schema: { name: 'response', schema: { type: 'object' } } };

let upstream: Upstream;
let server: TestServer;

before(async () => {
  upstream = await startUpstream();
  server = await startTalaria({ AGENT_UPSTREAM_STREAM: 'always', AGENT_URL: upstream.url, VALIDATE_OUTPUT: '1' });
});
after(async () => {
  await server[Symbol.asyncDispose]();
  await upstream[Symbol.asyncDispose]();
});

/** Sends a body and returns what the upstream received. */
async function received(path: string, body: object) {
  const reply = await send(server.url + path, { body: { model: 'test-model', ...body } });
  assert.equal(reply.status, 200, reply.text);
  return upstream.requests.at(-1)?.body;
}

/** Each pair means the same: the upstream gets the same for both. */
const pairs: { name: string; path: string; odd: object; plain: object }[] = [
  {
    name: 'a call in the flat form',
    path: chat,
    odd: { messages: [hi, { role: 'assistant', tool_calls: [{ id: 'x', name: 'f', args: { a: 1 } }] }, tool('1')] },
    plain: { messages: answered },
  },
  {
    name: 'the output of a tool as a number',
    path: chat,
    odd: { messages: [...answered.slice(0, 2), tool(1)] },
    plain: { messages: answered },
  },
  {
    name: 'an empty list of PHP for the arguments, the parameters and the metadata',
    path: chat,
    odd: {
      messages: [
        hi,
        { role: 'assistant', tool_calls: [{ ...call, function: { name: 'f', arguments: [] } }] },
        tool('1'),
      ],
      tools: [{ type: 'function', function: { name: 'f', parameters: [] } }],
      ...{ metadata: [], logit_bias: [] },
    },
    plain: {
      messages: [
        hi,
        { role: 'assistant', content: null, tool_calls: [{ ...call, function: { name: 'f', arguments: '{}' } }] },
        tool('1'),
      ],
      tools: [{ type: 'function', function: { name: 'f', parameters: {} } }],
      ...{ metadata: {}, logit_bias: {} },
    },
  },
  {
    name: 'one part without a list, and the forms of images',
    path: chat,
    odd: {
      messages: [
        { role: 'user', content: { type: 'text', text: 'hi' } },
        { role: 'user', content: [{ type: 'image_url', url: png }] },
        { role: 'user', content: [{ type: 'image_url', image_url: { url: png, detail: '' } }] },
        {
          role: 'user',
          content: [
            { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'iVBORw0KGgo=' } },
            { type: 'image', source: { type: 'url', url: png } },
          ],
        },
      ],
    },
    plain: {
      messages: [hi, { role: 'user', content: [image] }, { role: 'user', content: [image] }].concat({
        role: 'user',
        content: [image, image],
      }),
    },
  },
  {
    name: 'thoughts among the parts of an answer',
    path: chat,
    odd: {
      messages: [
        hi,
        {
          role: 'assistant',
          content: [
            { type: 'thinking', thinking: 'Hm.' },
            { type: 'text', text: 'Yes.' },
          ],
        },
        hi,
      ],
    },
    plain: { messages: [hi, { role: 'assistant', content: [{ type: 'text', text: 'Yes.' }] }, hi] },
  },
  {
    name: 'a system message with null',
    path: chat,
    odd: { messages: [{ role: 'system', content: null }, hi] },
    plain: { messages: [{ role: 'system', content: '' }, hi] },
  },
  ...[
    { type: 'json_schema', schema: { type: 'object' } },
    { type: 'json_schema', name: 'response', schema: { type: 'object' } },
    { type: 'json_schema', json_schema: { schema: { type: 'object' } } },
    { type: 'json_schema', json_schema: { type: 'object' } },
    { type: 'json_object', schema: { type: 'object' } },
  ].map((format) => ({
    name: `the format ${JSON.stringify(format)}`,
    path: chat,
    odd: { messages: [say], response_format: format },
    plain: { messages: [say], response_format: schemaFormat },
  })),
  ...['any', { type: 'any' }].flatMap((choice) =>
    [chat, responses].map((path) => ({
      name: `the tool choice ${JSON.stringify(choice)} on ${path}`,
      path,
      odd: { ...toInput(path, 'tool f {}'), tools: [nested], tool_choice: choice },
      plain: { ...toInput(path, 'tool f {}'), tools: [nested], tool_choice: 'required' },
    })),
  ),
  {
    name: 'a tool choice and a tool of another API',
    path: chat,
    odd: {
      messages: [{ role: 'user', content: 'tool f {}' }],
      tools: [{ name: 'f', input_schema: { type: 'object' } }],
      tool_choice: { type: 'tool', name: 'f' },
    },
    plain: {
      messages: [{ role: 'user', content: 'tool f {}' }],
      tools: [nested],
      tool_choice: { type: 'function', function: { name: 'f' } },
    },
  },
  {
    name: 'empty parameters of Responses on chat',
    path: chat,
    odd: { messages: [hi], input: [], text: {}, previous_response_id: '', conversation: '' },
    plain: { messages: [hi] },
  },
  {
    name: 'empty parameters of chat on Responses, and one item without a list',
    path: responses,
    odd: { input: { role: 'user', content: { type: 'input_text', text: 'hi' } }, functions: [], reasoning_effort: '' },
    plain: { input: 'hi' },
  },
  {
    name: 'a call with its ID alone, and an output that is a number',
    path: responses,
    odd: { input: [hi, { ...flatCall, call_id: undefined, id: 'x' }, output(5)], include: 'file_search_call.results' },
    plain: { input: [hi, flatCall, output('5')] },
  },
];

function toInput(path: string, text: string): object {
  return path === chat ? { messages: [{ role: 'user', content: text }] } : { input: text };
}

describe('a form that clients send can mean one thing, and is read as that', () => {
  for (const { name, path, odd, plain } of pairs) {
    test(name, async () => {
      assert.deepEqual(await received(path, odd), await received(path, plain));
    });
  }

  test('calls and outputs without IDs are linked by name, then in order', async () => {
    const plainCall = (name: string) => ({ function: { name, arguments: {} } });
    const { messages } = await received(chat, {
      messages: [
        hi,
        { role: 'assistant', content: '', tool_calls: [plainCall('f'), plainCall('g'), plainCall('h')] },
        { role: 'tool', content: 'of g', tool_name: 'g' },
        { role: 'tool', content: 'of f' },
        { role: 'tool', content: 'of h' },
      ],
    });
    const [, { tool_calls: calls }, ...outputs] = messages;
    const nameOf = (id: string) => calls.find((one: { id: string }) => one.id === id)?.function.name;
    const linked = outputs.map((one: { tool_call_id: string; content: string }) => [
      nameOf(one.tool_call_id),
      one.content,
    ]);
    assert.deepEqual(
      new Map(linked),
      new Map([
        ['f', 'of f'],
        ['g', 'of g'],
        ['h', 'of h'],
      ]),
    );
  });

  test('an output without an ID and without a call is refused', async () => {
    const body = { model: 'test-model', messages: [hi, { role: 'tool', content: 'x' }] };
    const { status, text } = await send(server.url + chat, { body });
    assert.equal(status, 400);
    assert.match(text, /messages\[1\]\.tool_call_id/);
  });
});

test('items of hosted tools are read without IDs, as Codex replays them', async () => {
  const action = { type: 'exec', command: ['ls'], env: {} };
  const items = [
    hi,
    { type: 'local_shell_call', call_id: 'c', status: 'completed', action },
    { type: 'local_shell_call_output', call_id: 'c', output: 'ok' },
    { type: 'web_search_call', status: 'completed', action: { type: 'search', query: 'x' } },
    hi,
  ];
  const reply = await send(server.url + responses, { body: { model: 'test-model', input: items } });
  assert.equal(reply.status, 200, reply.text);
  const { id } = reply.json as { id: string };
  const listed = await send(`${server.url}/v1/responses/${id}/input_items?order=asc`);
  const { data } = listed.json as { data: { id: string; type: string }[] };
  assert.deepEqual(
    data.map(({ type }) => type),
    ['message', 'local_shell_call', 'local_shell_call_output', 'web_search_call', 'message'],
  );
  assert.ok(data.every((item) => item.id.length > 0));
});

describe('a schema that other checkers take is answered by the offline agent too', () => {
  const schemas: [name: string, schema: object][] = [
    ['a class that is valid only without the flag u', { type: 'string', pattern: '^[\\w-.]+@x$' }],
    ['a pattern that does not compile', { type: 'string', pattern: '([' }],
    ['an empty list of properties, as PHP writes them', { type: 'object', properties: [] }],
  ];
  for (const [name, a] of schemas) {
    test(name, async () => {
      await using offline = await startTalaria({ VALIDATE_OUTPUT: '1' });
      const schema = { type: 'object', properties: { a }, required: ['a'] };
      const body = { model: 'offline', messages: [hi], response_format: { type: 'json_schema', schema } };
      const reply = await send(offline.url + chat, { body });
      assert.equal(reply.status, 200, reply.text);
    });
  }
});
