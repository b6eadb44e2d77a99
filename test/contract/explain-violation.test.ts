import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { toParam, type Violation } from '../../src/contract/violation.ts';
import { explain, type RequestKind, startValidatingServer, type ValidatingServer } from './validating-server.ts';

type Code = Violation['code'];
type Case = [body: unknown, param: string, code: Code, message: string];

const missing = (body: unknown, param: string): Case => [
  body,
  param,
  'missing_required_parameter',
  `Missing required parameter: '${param}'.`,
];
const wrongType = (body: unknown, param: string, expected: string, got: string): Case => [
  body,
  param,
  'invalid_type',
  `Invalid type for '${param}': expected ${expected}, but got ${got} instead.`,
];
const outOfBounds = (body: unknown, param: string, complaint: string): Case => [
  body,
  param,
  'invalid_value',
  `Invalid '${param}': expected ${complaint} instead.`,
];
const unknownValue = (body: unknown, param: string, value: string, known: string[]): Case => [
  body,
  param,
  'invalid_value',
  `Invalid value: ${value}. Supported values are: ${known.map((name) => `'${name}'`).join(', ')}.`,
];
const notAnObject = (body: unknown, got: string): Case => [
  body,
  '',
  'invalid_type',
  `Invalid type: expected an object, but got ${got} instead.`,
];

const user = { role: 'user', content: 'Hi' };
const says = (...content: unknown[]) => ({ messages: [user, { role: 'user', content }] });
const chat = (field: object) => ({ messages: [user], ...field });
const turn = (field: object) => ({ input: 'Hi', ...field });
const items = (...input: unknown[]) => ({ input });
const efforts = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'];
const chatParts = ['text', 'image_url', 'file', 'input_audio', 'refusal'];
const formats = ['text', 'json_object', 'json_schema'];
const choices = ['none', 'auto', 'required'];

const chatCases: Case[] = [
  notAnObject([], 'an array'),
  notAnObject('Hi', 'a string'),
  notAnObject(null, 'null'),
  notAnObject(true, 'a boolean'),
  missing({}, 'messages'),
  wrongType({ messages: null }, 'messages', 'an array', 'null'),
  wrongType({ messages: user }, 'messages', 'an array', 'an object'),
  outOfBounds({ messages: [] }, 'messages', 'at least 1 elements, but got 0'),
  wrongType({ messages: ['Hi'] }, 'messages[0]', 'an object', 'a string'),
  missing({ messages: [{}] }, 'messages[0].role'),
  missing({ messages: [{ content: 'Hi' }] }, 'messages[0].role'),
  unknownValue({ messages: [{ role: 'usr', content: 'Hi' }] }, 'messages[0].role', "'usr'", [
    'user',
    'assistant',
    'tool',
    'system',
    'developer',
    'function',
  ]),
  missing({ messages: [user, { role: 'user' }] }, 'messages[1].content'),
  wrongType(
    { messages: [{ role: 'user', content: 7 }] },
    'messages[0].content',
    'one of a string or an array',
    'a number',
  ),
  unknownValue(says({ type: 'txt', text: 'Hi' }), 'messages[1].content[0].type', "'txt'", chatParts),
  unknownValue(says({ type: 7 }), 'messages[1].content[0].type', '7', chatParts),
  unknownValue(says({ type: { text: 'Hi' } }), 'messages[1].content[0].type', '{"text":"Hi"}', chatParts),
  missing(says({ text: 'Hi' }), 'messages[1].content[0].type'),
  missing(says({ type: 'text' }), 'messages[1].content[0].text'),
  missing(says({ type: 'text', text: 'Hi' }, { type: 'image_url' }), 'messages[1].content[1].image_url'),
  wrongType(says({ type: 'image_url', image_url: 7 }), 'messages[1].content[0].image_url', 'an object', 'a number'),
  wrongType(
    says({ type: 'image_url', image_url: { url: 7 } }),
    'messages[1].content[0].image_url.url',
    'a string',
    'a number',
  ),
  missing({ messages: [{ role: 'tool', content: '18' }] }, 'messages[0].tool_call_id'),
  missing(
    { messages: [{ role: 'assistant', tool_calls: [{ type: 'function', id: 'c', function: { arguments: '' } }] }] },
    'messages[0].tool_calls[0].function.name',
  ),
  unknownValue(
    { messages: [{ role: 'assistant', tool_calls: [{ id: 'c', type: 'fn' }] }] },
    'messages[0].tool_calls[0].type',
    "'fn'",
    ['function', 'custom'],
  ),
  wrongType(chat({ temperature: 'hot' }), 'temperature', 'one of a number or null', 'a string'),
  outOfBounds(chat({ temperature: 3 }), 'temperature', 'a value <= 2, but got 3'),
  outOfBounds(chat({ temperature: -0.1 }), 'temperature', 'a value >= 0, but got -0.1'),
  wrongType(chat({ n: 1.5 }), 'n', 'one of an integer or null', 'a number'),
  outOfBounds(chat({ n: 0 }), 'n', 'a value >= 1, but got 0'),
  wrongType(chat({ stream: 'true' }), 'stream', 'one of a boolean or null', 'a string'),
  wrongType(chat({ stop: 7 }), 'stop', 'one of a string, an array or null', 'a number'),
  wrongType(chat({ stop: ['a', 7] }), 'stop[1]', 'a string', 'a number'),
  outOfBounds(chat({ stop: ['a', 'b', 'c', 'd', 'e'] }), 'stop', 'at most 4 elements, but got 5'),
  missing(chat({ tools: [{}] }), 'tools[0].type'),
  missing(chat({ tools: [{ type: 'function' }] }), 'tools[0].function'),
  missing(chat({ tools: [{ type: 'function', function: {} }] }), 'tools[0].function.name'),
  unknownValue(chat({ tool_choice: 'always' }), 'tool_choice', "'always'", choices),
  missing(chat({ tool_choice: { type: 'function' } }), 'tool_choice.function'),
  unknownValue(chat({ response_format: { type: 'xml' } }), 'response_format.type', "'xml'", formats),
  missing(chat({ response_format: { type: 'json_schema' } }), 'response_format.json_schema'),
  wrongType(chat({ logit_bias: { 50256: 'x' } }), 'logit_bias.50256', 'a number', 'a string'),
  wrongType(chat({ metadata: { a: 7 } }), 'metadata.a', 'a string', 'a number'),
  outOfBounds(chat({ metadata: { a: 'v'.repeat(513) } }), 'metadata.a', 'at most 512 characters, but got 513'),
  [
    chat({ metadata: { ['k'.repeat(65)]: 'v' } }),
    `metadata.${'k'.repeat(65)}`,
    'invalid_value',
    `Invalid name: '${'k'.repeat(65)}'.`,
  ],
  outOfBounds(
    chat({ metadata: Object.fromEntries(Array.from({ length: 17 }, (_, index) => [`k${index}`, 'v'])) }),
    'metadata',
    'at most 16 properties, but got 17',
  ),
  outOfBounds(
    chat({ safety_identifier: '😀'.repeat(129) }),
    'safety_identifier',
    'at most 128 characters, but got 129',
  ),
  unknownValue(chat({ reasoning_effort: 'huge' }), 'reasoning_effort', "'huge'", efforts),
  unknownValue(chat({ modalities: ['text', 'video'] }), 'modalities[1]', "'video'", ['text', 'audio']),
];

const responseCases: Case[] = [
  notAnObject([], 'an array'),
  wrongType({ input: 7 }, 'input', 'one of a string, an array or null', 'a number'),
  // With an id these could pass for a reference, were it not for the fields of a message.
  missing(items({ id: 'msg_1', role: 'user' }), 'input[0].content'),
  missing(items({ id: 'msg_1', role: 'user', content: [{ type: 'input_text' }] }), 'input[0].content[0].text'),
  wrongType(items(7), 'input[0]', 'one of an object or a string', 'a number'),
  wrongType(items(user, null), 'input[1]', 'one of an object or a string', 'null'),
  missing(items({}), 'input[0].role'),
  missing(items({ content: 'Hi' }), 'input[0].role'),
  missing(items({ role: 'user' }), 'input[0].content'),
  unknownValue(items({ role: 'usr', content: 'Hi' }), 'input[0].role', "'usr'", [
    'user',
    'assistant',
    'system',
    'developer',
  ]),
  unknownValue(
    items({ role: 'user', content: [{ type: 'input_txt', text: 'Hi' }] }),
    'input[0].content[0].type',
    "'input_txt'",
    [
      'input_text',
      'output_text',
      'input_image',
      'input_file',
      'refusal',
      'input_audio',
      'input_video',
      'text',
      'reasoning_text',
      'summary_text',
      'computer_screenshot',
    ],
  ),
  missing(items({ type: 'message', role: 'user' }), 'input[0].content'),
  missing(items({ role: 'user', content: [{ type: 'input_text' }] }), 'input[0].content[0].text'),
  missing(items({ type: 'function_call', name: 'f', arguments: '{}' }), 'input[0].call_id'),
  wrongType(
    items({ type: 'function_call', call_id: 'c', name: 7, arguments: '{}' }),
    'input[0].name',
    'a string',
    'a number',
  ),
  missing(items({ type: 'function_call_output', call_id: 'c' }), 'input[0].output'),
  unknownValue(
    items({ type: 'function_call_output', call_id: 'c', output: [{ type: 'input_txt' }] }),
    'input[0].output[0].type',
    "'input_txt'",
    ['input_text', 'input_image', 'input_file', 'input_video'],
  ),
  missing(items({ type: 'item_reference' }), 'input[0].id'),
  wrongType(items({ type: 'reasoning', summary: 'x' }), 'input[0].summary', 'one of an array or null', 'a string'),
  missing(
    items({ role: 'assistant', content: [{ type: 'output_text', text: 'x' }, { type: 'refusal' }] }),
    'input[0].content[1].refusal',
  ),
  missing(turn({ tools: [{ type: 'function' }] }), 'tools[0].name'),
  wrongType(turn({ tools: {} }), 'tools', 'one of an array or null', 'an object'),
  wrongType(
    turn({ tools: [{ type: 'function', name: 'f', parameters: 7 }] }),
    'tools[0].parameters',
    'one of an object or null',
    'a number',
  ),
  missing(
    turn({ tools: [{ type: 'namespace', name: 'n', description: 'd', tools: [{ type: 'function' }] }] }),
    'tools[0].tools[0].name',
  ),
  unknownValue(
    turn({ tools: [{ type: 'custom', name: 'c', format: { type: 'gramar' } }] }),
    'tools[0].format.type',
    "'gramar'",
    ['text', 'grammar'],
  ),
  unknownValue(
    turn({ tools: [{ type: 'mcp', server_label: 'l', server_url: 'u', require_approval: 'sometimes' }] }),
    'tools[0].require_approval',
    "'sometimes'",
    ['always', 'never'],
  ),
  unknownValue(turn({ tool_choice: 'some' }), 'tool_choice', "'some'", choices),
  wrongType(turn({ tool_choice: 7 }), 'tool_choice', 'one of a string, an object or null', 'a number'),
  unknownValue(turn({ text: { format: { type: 'xml' } } }), 'text.format.type', "'xml'", formats),
  missing(turn({ text: { format: {} } }), 'text.format.type'),
  missing(turn({ text: { format: { type: 'json_schema', name: 'x' } } }), 'text.format.schema'),
  unknownValue(turn({ reasoning: { effort: 'huge' } }), 'reasoning.effort', "'huge'", efforts),
  outOfBounds(turn({ max_output_tokens: 15 }), 'max_output_tokens', 'a value >= 16, but got 15'),
  wrongType(turn({ max_output_tokens: 16.5 }), 'max_output_tokens', 'one of an integer or null', 'a number'),
  unknownValue(turn({ truncation: 'maybe' }), 'truncation', "'maybe'", ['auto', 'disabled']),
  wrongType(turn({ store: 'yes' }), 'store', 'one of a boolean or null', 'a string'),
  wrongType(turn({ previous_response_id: 7 }), 'previous_response_id', 'one of a string or null', 'a number'),
  wrongType(turn({ conversation: 7 }), 'conversation', 'one of a string, an object or null', 'a number'),
  missing(turn({ conversation: {} }), 'conversation.id'),
  wrongType(turn({ metadata: ['a'] }), 'metadata', 'one of an object or null', 'an array'),
];

describe('an invalid body is refused with one violation', () => {
  let server: ValidatingServer;
  before(async () => {
    server = await startValidatingServer();
  });
  after(() => server[Symbol.asyncDispose]());

  for (const [kind, cases] of [
    ['chat', chatCases],
    ['responses', responseCases],
  ] as const) {
    for (const [body, param, code, message] of cases) {
      test(`${kind}: ${JSON.stringify(body).slice(0, 100)}: ${message.slice(0, 80)}`, async () => {
        const violation = explain(kind, body);
        assert.ok(violation);
        assert.deepEqual([toParam(violation.path), violation.code, violation.message], [param, code, message]);
        assert.deepEqual(await server.post(kind, JSON.stringify(body)), {
          status: 400,
          json: { error: { message, type: 'invalid_request_error', param: param || null, code } },
        });
      });
    }
  }

  test('the message for an unknown item type lists all types, not thirty branches of a union', async () => {
    const { status, json } = await server.post('responses', '{"input":[{"type":"mesage"}]}');
    assert.equal(status, 400);
    const text = JSON.stringify(json);
    assert.match(text, /"Invalid value: 'mesage'\. Supported values are: /);
    assert.match(text, /"param":"input\[0\]\.type"/);
    for (const type of [
      'message',
      'function_call',
      'function_call_output',
      'reasoning',
      'item_reference',
      'mcp_call',
    ]) {
      assert.ok(text.includes(`'${type}'`), type);
    }
    assert.equal(text.match(/'message'/g)?.length, 1, 'each is named once');
  });

  test('the message for an unknown tool type lists all types', () => {
    const violation = explain('responses', turn({ tools: [{ type: 'functon', name: 'f' }] }));
    assert.equal(violation && toParam(violation.path), 'tools[0].type');
    for (const type of ['function', 'custom', 'namespace', 'mcp', 'web_search']) {
      assert.ok(violation?.message.includes(`'${type}'`), type);
    }
  });

  test('the message for an overflowing number names the overflow', async () => {
    for (const [kind, text, param] of [
      ['responses', '{"input":"Hi","presence_penalty":1e400}', 'presence_penalty'],
      ['responses', '{"input":"Hi","max_output_tokens":1e400}', 'max_output_tokens'],
      ['chat', '{"messages":[{"role":"user","content":"Hi"}],"temperature":-1e400}', 'temperature'],
    ] as const) {
      const { status, json } = await server.post(kind, text);
      assert.equal(status, 400);
      assert.match(
        JSON.stringify(json),
        new RegExp(`"Invalid type for '${param}': .* a number that is too large instead`),
      );
    }
  });

  test('a message truncates a long value of the client', () => {
    const violation = explain('chat', chat({ reasoning_effort: 'x'.repeat(10_000) }));
    assert.ok(violation && violation.message.length < 300);
  });
});

describe('a valid body', () => {
  let server: ValidatingServer;
  before(async () => {
    server = await startValidatingServer();
  });
  after(() => server[Symbol.asyncDispose]());

  const bodies: [RequestKind, unknown][] = [
    ['chat', chat({})],
    ['chat', chat({ temperature: null, tools: null, stop: null, metadata: null, stream: null })],
    ['chat', chat({ unknown: { deep: [1] }, logit_bias: { 50256: -100 } })],
    ['responses', {}],
    ['responses', { input: null }],
    ['responses', { input: ['Hi', user] }],
    ['responses', turn({ tools: [], metadata: {}, text: {}, reasoning: null, conversation: 'conv_1' })],
    ['responses', items({ role: 'assistant', content: 'Good day.' }, { type: 'input_text', text: 'Hi' })],
    ['responses', turn({ constructor: 1, toString: 2, hasOwnProperty: 3 })],
  ];
  for (const [kind, body] of bodies) {
    test(`${kind}: ${JSON.stringify(body)} is accepted unchanged`, async () => {
      assert.equal(explain(kind, body), undefined);
      assert.deepEqual(await server.post(kind, JSON.stringify(body)), { status: 200, json: { accepted: body } });
    });
  }

  test('with a property named __proto__ is accepted and pollutes no prototype', async () => {
    const { status } = await server.post('responses', '{"input":"Hi","__proto__":{"polluted":true}}');
    assert.equal(status, 200);
    assert.equal(Reflect.get({}, 'polluted'), undefined);
  });
});
