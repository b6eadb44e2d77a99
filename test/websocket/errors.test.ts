import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { limits } from '../../src/config/limits.ts';
import { post, startTalaria, type TestServer } from '../helpers/talaria.ts';
import { connectSocket, errorMessage, type SocketClient, textOf } from './connect-socket.ts';

const function1 = { type: 'function', name: 'f', parameters: {}, strict: false };

/** Bodies that are invalid over HTTP in different ways. */
const wrong: [name: string, body: object][] = [
  ['no input', { model: 'offline' }],
  ['an input of the wrong type', { input: 7 }],
  ['an input item of an unknown type', { input: [{ type: 'telepathy' }] }],
  ['an input item without its content', { input: [{ type: 'message', role: 'user' }] }],
  ['an unknown role', { input: [{ role: 'king', content: 'x' }] }],
  ['a content part of an unknown type', { input: [{ role: 'user', content: [{ type: 'smell' }] }] }],
  ['a call without its call_id', { input: [{ type: 'function_call', name: 'f', arguments: '{}' }] }],
  ['a temperature out of range', { input: 'x', temperature: 3 }],
  ['a temperature as text', { input: 'x', temperature: 'hot' }],
  ['a flag as text', { input: 'x', store: 'no' }],
  ['metadata of the wrong type', { input: 'x', metadata: { a: 1 } }],
  ['metadata with too long a key', { input: 'x', metadata: { ['k'.repeat(65)]: 'v' } }],
  ['a tool without its name', { input: 'x', tools: [{ type: 'function', parameters: {} }] }],
  ['an unknown tool choice', { input: 'x', tool_choice: 'perhaps' }],
  [
    'a tool choice that names no tool',
    { input: 'x', tools: [function1], tool_choice: { type: 'function', name: 'g' } },
  ],
  ['a format of an unknown type', { input: 'x', text: { format: { type: 'yaml' } } }],
  [
    'a format whose schema is none',
    { input: 'x', text: { format: { type: 'json_schema', name: 'a', schema: { type: 7 } } } },
  ],
  ['an unknown truncation', { input: 'x', truncation: 'some' }],
  ['too few output tokens', { input: 'x', max_output_tokens: 0 }],
  ['a parameter of Chat Completions', { input: 'x', response_format: { type: 'json_object' } }],
  ['an include of the wrong type', { input: 'x', include: [7] }],
  ['a previous response of the wrong type', { input: 'x', previous_response_id: 7 }],
  ['a previous response and a conversation', { input: 'x', previous_response_id: 'resp_1', conversation: 'conv_1' }],
  ['an unknown conversation', { input: 'x', conversation: 'conv_1' }],
  [
    'an unknown item',
    {
      input: [
        { type: 'item_reference', id: 'msg_nowhere' },
        { role: 'user', content: 'x' },
      ],
    },
  ],
  ['a prompt template', { input: 'x', prompt: { id: 'pmpt_1' } }],
];

describe('errors on a WebSocket', () => {
  let server: TestServer;
  let client: SocketClient;
  before(async () => {
    server = await startTalaria();
    client = await connectSocket(server.url);
  });
  after(async () => {
    await client[Symbol.asyncDispose]();
    await server[Symbol.asyncDispose]();
  });

  for (const [name, body] of wrong) {
    test(`N25: ${name} is the same error as over HTTP, in the envelope`, async () => {
      const reply = await post(`${server.url}/v1/responses`, body);
      const { error } = (await reply.json()) as { error: { code: string } };
      assert.ok(reply.status >= 400 && error.code, `over HTTP it is a ${reply.status}`);
      client.send({ type: 'response.create', ...body });
      assert.deepEqual(await client.rest(), [{ type: 'error', status: reply.status, error }]);
    });
  }

  const invalid: [name: string, frame: string | Buffer][] = [
    ['text that is not JSON', 'Hello!'],
    ['an empty frame', ''],
    ['JSON that is cut off', '{"type":"response.create","input":"x"'],
    ['a stream of events instead of JSON', 'data: {"type":"response.create"}\n\n'],
  ];
  for (const [name, frame] of invalid) {
    test(`N25: ${name} is a 400, and the socket stays usable`, async () => {
      client.send(frame);
      assert.deepEqual(await client.rest(), [errorMessage(400, 'invalid_json', 'Invalid JSON in WebSocket message')]);
      assert.equal(textOf(await client.create({ input: '/say Fine.' })), 'Fine.');
    });
  }

  test('N25: bytes that are no text are a 400, and the socket stays usable', async () => {
    client.send(Buffer.from([0xff, 0xfe, 0x00]));
    const message = 'The WebSocket message is not valid UTF-8. Encode the JSON as UTF-8.';
    assert.deepEqual(await client.rest(), [errorMessage(400, 'invalid_json', message)]);
    assert.equal(textOf(await client.create({ input: '/say Fine.' })), 'Fine.');
  });

  test('N25: JSON that is nested too deeply is a 400, and the socket stays usable', async () => {
    client.send(`{"type":"response.create","input":"x","unknown":${'['.repeat(10_000)}${']'.repeat(10_000)}}`);
    const message = `The WebSocket message is nested more than ${limits.bodyLevels} levels deep.`;
    assert.deepEqual(await client.rest(), [errorMessage(400, 'invalid_value', message)]);
    assert.equal(textOf(await client.create({ input: '/say Fine.' })), 'Fine.');
  });

  const others: [frame: string, code: string, message: string, param: string | null][] = [
    ['[]', 'invalid_type', 'Invalid type: expected an object, but got an array instead.', null],
    ['null', 'invalid_type', 'Invalid type: expected an object, but got null instead.', null],
    ['"response.create"', 'invalid_type', 'Invalid type: expected an object, but got a string instead.', null],
    ['{"input":"x"}', 'missing_required_parameter', "Missing required parameter: 'type'.", 'type'],
    [
      '{"type":"response.cancel"}',
      'invalid_value',
      "Invalid value: 'response.cancel'. Supported values are: 'response.create'.",
      'type',
    ],
    [
      '{"type":{"toString":1},"input":"x"}',
      'invalid_type',
      "Invalid type for 'type': expected a string, but got an object instead.",
      'type',
    ],
  ];
  for (const [frame, code, message, param] of others) {
    test(`N9, N25: ${frame} is ${code}, and the socket stays usable`, async () => {
      client.send(frame);
      assert.deepEqual(await client.rest(), [errorMessage(400, code, message, param)]);
      assert.equal(textOf(await client.create({ input: '/say Fine.' })), 'Fine.');
    });
  }

  test('N14: errors and answers are sent in the order of the frames', async () => {
    client.send({ type: 'response.create', store: false, input: '/tokens 3 delay 5ms\n/say first' });
    client.send('second');
    client.send({ type: 'response.create', store: false, input: '/say third' });
    assert.match(textOf(await client.rest()), /first$/);
    assert.equal((await client.rest())[0].error.code, 'invalid_json');
    assert.equal(textOf(await client.rest()), 'third');
  });

  test('JSON in a binary frame is read like text: some libraries send nothing else', async () => {
    client.send(Buffer.from('{"type":"response.create","store":false,"input":"/say Read."}'));
    assert.equal(textOf(await client.rest()), 'Read.');
  });

  test('a 5xx hides the error message of the agent', async () => {
    const [refused] = await client.create({ input: '/status 500' });
    assert.equal(refused.status, 502);
    assert.equal(refused.error.code, 'upstream_error');
    assert.equal(refused.error.type, 'server_error');
  });
});
