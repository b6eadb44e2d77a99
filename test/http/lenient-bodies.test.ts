import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { startTalaria, type TestServer } from '../helpers/talaria.ts';
import { startUpstream, type Upstream } from '../helpers/upstream.ts';
import { exchange, send } from './send.ts';

const chat = '/v1/chat/completions';
const responses = '/v1/responses';
const hi = { role: 'user', content: 'hi' };
const png = 'data:image/png;base64,iVBORw0KGgo=';
const flat = { type: 'function', name: 'f', parameters: { type: 'object' } };
const nested = { type: 'function', function: { name: 'f', parameters: { type: 'object' } } };
const nestedCall = (value: unknown) => ({ id: 'x', type: 'function', function: { name: 'f', arguments: value } });
const answered = [hi, { role: 'assistant', content: null, tool_calls: [nestedCall('{"a":1}')] }];
const flatCall = { type: 'function_call', call_id: 'x', name: 'f', arguments: '{"a":1}' };
const output = (value: unknown) => ({ type: 'function_call_output', call_id: 'x', output: value });

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

/** The refusal of a body. */
async function refused(path: string, body: object) {
  const { status, json } = await send(server.url + path, { body: { model: 'test-model', ...body } });
  const { error } = json as { error: { code: string; param: string | null; message: string } };
  return { status, ...error };
}

describe('a body in another form is read', () => {
  /** Each pair means the same: the upstream gets the same messages and tools for both. */
  const pairs: { name: string; path: string; odd: object; plain: object }[] = [
    {
      name: 'items, flat tools and settings of Responses on chat',
      path: chat,
      odd: {
        input: [
          { role: 'system', content: 'Be brief.' },
          { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'hi' }] },
          { type: 'reasoning', summary: [], encrypted_content: 'x' },
          flatCall,
          output('ok'),
          { role: 'assistant', content: [{ type: 'output_text', text: 'Done.' }] },
          { role: 'user', content: [{ type: 'input_image', image_url: png, detail: 'low' }] },
        ],
        tools: [flat],
        max_output_tokens: 50,
        reasoning: { effort: 'low', summary: 'auto' },
        text: { format: { type: 'text' }, verbosity: 'low' },
      },
      plain: {
        messages: [
          { role: 'system', content: 'Be brief.' },
          hi,
          { role: 'assistant', content: null, tool_calls: [nestedCall('{"a":1}')] },
          { role: 'tool', tool_call_id: 'x', content: 'ok' },
          { role: 'assistant', content: 'Done.' },
          { role: 'user', content: [{ type: 'image_url', image_url: { url: png, detail: 'low' } }] },
        ],
        tools: [nested],
        max_completion_tokens: 50,
        reasoning_effort: 'low',
        verbosity: 'low',
        response_format: { type: 'text' },
      },
    },
    {
      name: 'a schema for the text on chat',
      path: chat,
      odd: {
        input: 'say {}',
        text: { format: { type: 'json_schema', name: 'x', schema: { type: 'object' }, strict: false } },
      },
      plain: {
        messages: [{ role: 'user', content: 'say {}' }],
        response_format: { type: 'json_schema', json_schema: { name: 'x', schema: { type: 'object' }, strict: false } },
      },
    },
    {
      name: 'input as text, with instructions, on chat',
      path: chat,
      odd: { input: 'hi', instructions: 'Be brief.' },
      plain: { messages: [{ role: 'system', content: 'Be brief.' }, hi] },
    },
    {
      name: 'parallel calls as items on chat',
      path: chat,
      odd: {
        input: [
          hi,
          flatCall,
          { ...flatCall, call_id: 'y' },
          output('1'),
          { type: 'function_call_output', call_id: 'y', output: '2' },
        ],
      },
      plain: {
        messages: [
          hi,
          {
            role: 'assistant',
            content: null,
            tool_calls: [nestedCall('{"a":1}'), { ...nestedCall('{"a":1}'), id: 'y' }],
          },
          { role: 'tool', tool_call_id: 'x', content: '1' },
          { role: 'tool', tool_call_id: 'y', content: '2' },
        ],
      },
    },
    {
      name: 'parts of Responses in chat messages',
      path: chat,
      odd: { messages: [{ role: 'user', content: [{ type: 'input_text', text: 'hi' }] }], tools: [flat] },
      plain: { messages: [hi], tools: [nested] },
    },
    {
      name: 'an image URL as text',
      path: chat,
      odd: { messages: [{ role: 'user', content: [{ type: 'image_url', image_url: png }] }] },
      plain: { messages: [{ role: 'user', content: [{ type: 'image_url', image_url: { url: png } }] }] },
    },
    {
      name: 'arguments as an object, without the type of the call',
      path: chat,
      odd: {
        messages: [
          hi,
          { role: 'assistant', tool_calls: [{ id: 'x', function: { name: 'f', arguments: { a: 1 } } }] },
          { role: 'tool', tool_call_id: 'x', content: { ok: true } },
        ],
      },
      plain: { messages: [...answered, { role: 'tool', tool_call_id: 'x', content: '{"ok":true}' }] },
    },
    {
      name: 'a call without arguments and an output that is null',
      path: chat,
      odd: {
        messages: [
          hi,
          { role: 'assistant', content: null, tool_calls: [nestedCall(null)] },
          { role: 'tool', tool_call_id: 'x', content: null },
        ],
      },
      plain: {
        messages: [
          hi,
          { role: 'assistant', content: null, tool_calls: [nestedCall('{}')] },
          { role: 'tool', tool_call_id: 'x', content: '' },
        ],
      },
    },
    {
      name: 'an empty list of stop sequences',
      path: chat,
      odd: { messages: [hi], stop: [] },
      plain: { messages: [hi] },
    },
    { name: 'an empty stop sequence', path: chat, odd: { messages: [hi], stop: '' }, plain: { messages: [hi] } },
    { name: 'max_tokens: -1', path: chat, odd: { messages: [hi], max_tokens: -1 }, plain: { messages: [hi] } },
    { name: 'max_tokens: 0', path: chat, odd: { messages: [hi], max_tokens: 0 }, plain: { messages: [hi] } },
    {
      name: 'nulls and empty lists',
      path: chat,
      odd: {
        messages: [{ ...hi, name: null }],
        ...{ n: null, stop: null, tools: null, tool_choice: null, user: null, logit_bias: null, response_format: null },
      },
      plain: { messages: [hi] },
    },
    {
      name: 'a tool of an unknown type on chat',
      path: chat,
      odd: { messages: [hi], tools: [{ type: 'browser_search' }, nested] },
      plain: { messages: [hi], tools: [nested] },
    },
    {
      name: 'a flat tool choice on chat',
      path: chat,
      odd: {
        messages: [{ role: 'user', content: 'tool f {}' }],
        tools: [flat],
        tool_choice: { type: 'function', name: 'f' },
      },
      plain: {
        messages: [{ role: 'user', content: 'tool f {}' }],
        tools: [nested],
        tool_choice: { type: 'function', function: { name: 'f' } },
      },
    },
    {
      name: 'messages, parts and nested tools of chat on Responses',
      path: responses,
      odd: {
        input: [
          {
            role: 'user',
            content: [
              { type: 'text', text: 'hi' },
              { type: 'image_url', image_url: { url: png } },
            ],
          },
          { role: 'assistant', content: null, tool_calls: [nestedCall('{"a":1}')] },
          { role: 'tool', tool_call_id: 'x', content: 'ok' },
        ],
        tools: [nested],
      },
      plain: {
        input: [
          {
            role: 'user',
            content: [
              { type: 'input_text', text: 'hi' },
              { type: 'input_image', image_url: png },
            ],
          },
          flatCall,
          output('ok'),
        ],
        tools: [flat],
      },
    },
    {
      name: 'an image URL as an object',
      path: responses,
      odd: { input: [{ role: 'user', content: [{ type: 'input_image', image_url: { url: png, detail: 'low' } }] }] },
      plain: { input: [{ role: 'user', content: [{ type: 'input_image', image_url: png, detail: 'low' }] }] },
    },
    {
      name: 'arguments and outputs as objects',
      path: responses,
      odd: { input: [hi, { ...flatCall, arguments: { a: 1 } }, output({ ok: [1] })] },
      plain: { input: [hi, flatCall, output('{"ok":[1]}')] },
    },
    {
      name: 'the output of a tool as the parts of an MCP server',
      path: responses,
      odd: {
        input: [
          hi,
          flatCall,
          output([
            { type: 'text', text: 'one' },
            { type: 'output_text', text: 'two' },
            { type: 'image', data: 'iVBORw0KGgo=', mimeType: 'image/png' },
          ]),
        ],
      },
      plain: {
        input: [
          hi,
          flatCall,
          output([
            { type: 'input_text', text: 'one' },
            { type: 'input_text', text: 'two' },
            { type: 'input_image', image_url: png },
          ]),
        ],
      },
    },
    {
      name: 'the output of a tool as a list of any JSON',
      path: responses,
      odd: { input: [hi, flatCall, output([1, { a: 2 }])] },
      plain: { input: [hi, flatCall, output('[1,{"a":2}]')] },
    },
    {
      name: 'a bare part of chat',
      path: responses,
      odd: { input: [{ type: 'text', text: 'hi' }] },
      plain: { input: 'hi' },
    },
    {
      name: 'max_output_tokens: -1',
      path: responses,
      odd: { input: 'hi', max_output_tokens: -1 },
      plain: { input: 'hi' },
    },
    {
      name: 'an unknown kind of item',
      path: responses,
      odd: { input: [{ type: 'acme:trace', spans: [1] }, hi] },
      plain: { input: [hi] },
    },
    {
      name: 'reasoning with empty encrypted content',
      path: responses,
      odd: { input: [{ type: 'reasoning', id: 'rs_1', summary: [], encrypted_content: '' }, hi] },
      plain: { input: [hi] },
    },
    {
      name: 'reasoning that another server sealed',
      path: responses,
      odd: { input: [{ type: 'reasoning', id: 'rs_1', summary: [], encrypted_content: 'gAAAAABoForeign' }, hi] },
      plain: { input: [hi] },
    },
  ];
  for (const { name, path, odd, plain } of pairs) {
    test(name, async () => {
      assert.deepEqual(await received(path, odd), await received(path, plain));
    });
  }

  test('a conversation reads the same forms', async () => {
    const items = [
      { role: 'user', content: [{ type: 'image_url', image_url: png }] },
      { ...flatCall, arguments: {} },
    ];
    const created = await send(`${server.url}/v1/conversations`, { body: { items } });
    assert.equal(created.status, 200, created.text);
    const { id } = created.json as { id: string };
    const listed = await send(`${server.url}/v1/conversations/${id}/items?order=asc`);
    const { data } = listed.json as { data: { arguments?: string; content?: { type: string }[] }[] };
    assert.equal(data[0]?.content?.[0]?.type, 'input_image');
    assert.equal(data[1]?.arguments, '{}');
  });
});

describe('what is unknown is accepted and returned', () => {
  test('tools of unknown types are echoed whole and not offered', async () => {
    const tools = [
      { type: 'x_search', handles: ['a'] },
      { type: 'function', name: 'f' },
    ];
    const reply = await send(server.url + responses, { body: { model: 'test-model', input: 'hi', tools } });
    assert.equal(reply.status, 200, reply.text);
    assert.deepEqual((reply.json as { tools: unknown[] }).tools[0], tools[0]);
    assert.deepEqual(
      upstream.requests.at(-1)?.body.tools.map((tool: { type: string }) => tool.type),
      ['function'],
    );
  });

  test('a tool choice that insists on one is refused', async () => {
    const tools = [{ type: 'x_search' }];
    for (const choice of ['required', { type: 'x_search' }]) {
      const { status } = await refused(responses, { input: 'hi', tools, tool_choice: choice });
      assert.equal(status, 400);
      assert.equal((await refused(chat, { messages: [hi], tools, tool_choice: choice })).status, 400);
    }
  });

  test('unknown include values have no effect', async () => {
    await received(responses, { input: 'hi', include: ['some.future.output', 'reasoning.encrypted_content'] });
  });

  test('an unknown item is stored and listed as it came', async () => {
    const item = { type: 'acme:trace', spans: [1, { a: null }] };
    const reply = await send(server.url + responses, { body: { model: 'test-model', input: [item, hi] } });
    const { id } = reply.json as { id: string };
    const listed = await send(`${server.url}/v1/responses/${id}/input_items?order=asc`);
    assert.equal(listed.status, 200, listed.text);
    const [first] = (listed.json as { data: Record<string, unknown>[] }).data;
    assert.deepEqual({ type: first?.['type'], spans: first?.['spans'] }, item);
  });

  test('a misspelt type of a message or a known item without its fields is refused', async () => {
    const misspelt = await refused(responses, { input: [{ type: 'mesage', role: 'user', content: 'hi' }] });
    assert.deepEqual([misspelt.status, misspelt.param], [400, 'input[0].type']);
    const empty = await refused(responses, { input: [{ type: 'acme:trace' }, { type: 'function_call', name: 'f' }] });
    assert.deepEqual([empty.status, empty.param], [400, 'input[1].call_id']);
  });
});

describe('a parameter of the other API is refused with the right name', () => {
  const cases: [path: string, field: string, value: unknown, place: RegExp][] = [
    [responses, 'messages', [hi], /'input'/],
    [responses, 'response_format', { type: 'json_object' }, /'text\.format'/],
    [responses, 'max_tokens', 20, /'max_output_tokens'/],
    [responses, 'max_completion_tokens', 20, /'max_output_tokens'/],
    [responses, 'reasoning_effort', 'low', /'reasoning\.effort'/],
    [responses, 'verbosity', 'low', /'text\.verbosity'/],
    [responses, 'functions', [{ name: 'f' }], /'tools'/],
    [responses, 'function_call', 'auto', /'tool_choice'/],
    ['/v1/responses/input_tokens', 'messages', [hi], /'input'/],
    ['/v1/responses/compact', 'messages', [hi], /'input'/],
    [chat, 'input', 'hi', /'messages'/],
    [chat, 'instructions', 'Be brief.', /'system'/],
    [chat, 'max_output_tokens', 20, /'max_completion_tokens'/],
    [chat, 'text', { format: { type: 'json_object' } }, /'response_format'/],
    [chat, 'previous_response_id', 'resp_1', /POST \/v1\/responses/],
    [chat, 'conversation', 'conv_1', /POST \/v1\/responses/],
    [chat, 'background', true, /POST \/v1\/responses/],
  ];
  for (const [path, field, value, place] of cases) {
    test(`${field} on ${path}`, async () => {
      const body = path === chat ? { messages: [hi] } : { input: 'hi' };
      const error = await refused(path, { ...body, [field]: value });
      assert.deepEqual([error.status, error.code, error.param], [400, 'unsupported_parameter', field]);
      assert.match(error.message, place);
      await received(path === chat ? chat : responses, { ...body, [field]: null });
    });
  }

  test('on chat, the reasoning of Responses is read, and other unknown fields are ignored', async () => {
    const body = await received(chat, { messages: [hi], reasoning: { effort: 'high' }, frobnicate: 1 });
    assert.equal(body.reasoning_effort, 'high');
    assert.equal((await received(chat, { messages: [hi], reasoning: { enabled: true } })).reasoning_effort, undefined);
  });
});

describe('a system message alone', () => {
  for (const role of ['system', 'developer']) {
    test(`with the role ${role} is answered`, async () => {
      const message = { role, content: 'Say hi' };
      for (const [path, body] of [
        [chat, { messages: [message] }],
        [responses, { input: [message] }],
      ] as const) {
        const { messages } = await received(path, body);
        assert.deepEqual(
          messages.map(({ content }: { content: unknown }) => content),
          ['Say hi'],
        );
      }
    });
  }

  test('is counted and compacted', async () => {
    const input = [{ role: 'developer', content: 'Say hi' }];
    const counted = await send(`${server.url}/v1/responses/input_tokens`, { body: { input } });
    assert.equal(counted.status, 200, counted.text);
    const compacted = await send(`${server.url}/v1/responses/compact`, { body: { model: 'test-model', input } });
    assert.equal(compacted.status, 200, compacted.text);
  });

  test('is not an empty request: that is refused', async () => {
    assert.equal((await refused(chat, { messages: [] })).param, 'messages');
    assert.equal((await refused(chat, { messages: [{ role: 'system', content: '' }] })).param, 'messages');
    assert.equal((await refused(responses, { input: [] })).param, 'input');
    assert.equal((await refused(responses, { input: '' })).param, 'input');
  });
});

test('a compaction without a model is refused', async () => {
  for (const model of [undefined, null, '']) {
    const { status, code, param } = await refused('/v1/responses/compact', { input: 'hi', model });
    assert.deepEqual([status, code, param], [400, 'missing_required_parameter', 'model']);
  }
});

test('a compaction that another server sealed is refused', async () => {
  const input = [{ type: 'compaction', encrypted_content: 'gAAAAABoForeign' }, hi];
  assert.equal((await refused(responses, { input })).code, 'invalid_encrypted_content');
});

describe('a model whose name has a slash', () => {
  test('is retrieved as it is and percent-encoded', async () => {
    const models = ['org/name:8b', 'a/b/c'].map((id) => ({ id, object: 'model', created: 1, owned_by: 'org' }));
    await using other = await startUpstream({ models });
    await using own = await startTalaria({ AGENT_URL: other.url });
    for (const id of ['org/name:8b', 'org%2Fname:8b', 'org/name:8b/', 'a/b/c', 'a/b/c?x=1/2']) {
      const reply = await send(`${own.url}/v1/models/${id}`, { contract: false });
      assert.equal(reply.status, 200, `${id}: ${reply.text}`);
    }
    const missing = await send(`${own.url}/v1/models/org/other`, { contract: false });
    assert.equal(missing.status, 404);
    assert.match(missing.text, /"code":"model_not_found"/);
    assert.match(missing.text, /org\/other/);
    assert.equal((await send(`${own.url}/v1/models/org/name:8b`, { method: 'DELETE', contract: false })).status, 405);
  });
});

test('a GET streams when its JSON body asks for it', async () => {
  const created = await send(server.url + responses, { body: { model: 'test-model', input: 'hi', stream: true } });
  const id = /"id":"(resp_\w+)"/.exec(created.text)?.[1];
  const url = `${server.url}/v1/responses/${id}?starting_after=2`;
  const headers = { 'content-type': 'application/json' };
  const streamed = await send(url, { method: 'GET', headers, body: '{"stream":true}', contract: false });
  assert.match(streamed.headers['content-type'] ?? '', /^text\/event-stream/);
  assert.match(streamed.text, /"sequence_number":3/);
  assert.doesNotMatch(streamed.text, /"sequence_number":2[,}]/);
  // The client for Go sends no type.
  const head = `GET ${new URL(url).pathname}?starting_after=2 HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close`;
  const untyped = await exchange(server.url, `${head}\r\nContent-Length: 15\r\n\r\n{"stream":true}`);
  assert.match(untyped, /content-type: text\/event-stream/i);
  assert.match(untyped, /"sequence_number":3/);
  for (const body of ['{"stream":false}', '{}', '']) {
    const plain = await send(url, { method: 'GET', headers, body, contract: false });
    assert.match(plain.headers['content-type'] ?? '', /^application\/json/);
    assert.equal(plain.status, 200, plain.text);
  }
});

test('a GET refuses a body that it cannot read, as its operation documents', async () => {
  await using small = await startTalaria({ API_SERVER_MAX_BODY_BYTES: '1024' });
  const get = (headers: Record<string, string>, body: string) =>
    send(`${small.url}/v1/responses/resp_1`, {
      method: 'GET',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    });
  assert.equal((await get({}, `{"stream":true,"x":"${'x'.repeat(2000)}"}`)).status, 413);
  assert.equal((await get({ 'content-encoding': 'compress' }, '{}')).status, 415);
});

test('an include list in a query may be one value with commas', async () => {
  const created = await send(server.url + responses, { body: { model: 'test-model', input: 'hi' } });
  const { id } = created.json as { id: string };
  const url = `${server.url}/v1/responses/${id}/input_items`;
  for (const query of ['?include=a.b,reasoning.encrypted_content', '?include=a.b&include[]=c', '?include[]=a.b']) {
    assert.equal((await send(url + query, { contract: false })).status, 200, query);
  }
});

test('a query may have many values, and parameters without one', async () => {
  const created = await send(server.url + responses, { body: { model: 'test-model', input: 'hi' } });
  const { id } = created.json as { id: string };
  const url = `${server.url}/v1/responses/${id}/input_items`;
  for (const name of ['include', 'include[]']) {
    const query = Array.from({ length: 50 }, (_, index) => `${name}=a.b${index}`).join('&');
    assert.equal((await send(`${url}?${query}`, { contract: false })).status, 200, name);
  }
  const empty = await send(`${url}?after=&limit=&order=&include=`, { contract: false });
  assert.equal(empty.status, 200, empty.text);
  const streamed = await send(`${server.url}/v1/responses/${id}?stream=True`, { contract: false });
  assert.match(streamed.headers['content-type'] ?? '', /^text\/event-stream/);
});
