import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { ChatRequest } from '../../../src/agent/chat-completions/chat-request.ts';
import { learnFromRefusal } from '../../../src/agent/chat-completions/learn-from-refusal.ts';
import { readRefusal } from '../../../src/agent/upstream/read-refusal.ts';

const call = { id: 'call_1', type: 'function' as const, function: { name: 'f', arguments: '{}' } };

/** A request that uses everything that a refusal may be about. */
const sent: ChatRequest = {
  model: 'm',
  messages: [
    { role: 'system', content: 'Be brief.' },
    { role: 'user', content: [{ type: 'text', text: 'a' }], name: 'ann' },
    { role: 'assistant', content: null, tool_calls: [call], reasoning_content: 'hm' },
    { role: 'tool', tool_call_id: 'call_1', content: '' },
  ],
  tools: [{ type: 'function', function: { name: 'f', parameters: {}, strict: true } }],
  parallel_tool_calls: true,
  max_tokens: 5,
  temperature: 0.2,
  seed: 1,
  stop: ['x'],
  logprobs: true,
  reasoning_effort: 'low',
  verbosity: 'low',
  user: 'u',
  stream: true,
  stream_options: { include_usage: true },
};
const format = { type: 'json_schema' as const, json_schema: { name: 'x', schema: {} } };

const learn = (body: unknown, fields: Partial<ChatRequest> = {}, status = 400) => {
  const refusal = readRefusal(status, typeof body === 'string' ? body : JSON.stringify(body));
  return refusal && learnFromRefusal(refusal, { ...sent, ...fields });
};
const error = (message: string, fields = {}) => ({ error: { message, type: 'invalid_request_error', ...fields } });
const forbidden = (...loc: (string | number)[]) => ({
  detail: [{ type: 'extra_forbidden', loc: ['body', ...loc], msg: 'Extra inputs are not permitted', input: sent }],
});

const lessons: [what: string, body: unknown, fields?: Partial<ChatRequest>][] = [
  ['stream_options', forbidden('stream_options', 'include_usage')],
  ['stream_options', error('Unrecognized request argument supplied: stream_options')],
  [
    'stream_options',
    [
      {
        error: {
          code: 400,
          message: 'Invalid JSON payload received. Unknown name "stream_options": Cannot find field.',
        },
      },
    ],
  ],
  ['stream_options', { detail: "Unexpected keys in the request: {'stream_options'}" }],
  [
    'stream_options',
    { error_code: 'BAD_REQUEST', message: '{"message": "stream_options: Extra inputs are not permitted"}' },
  ],
  ['stream_options', 'unknown field `stream_options`, expected one of `model`, `messages`'],
  [
    'max_tokens',
    error(
      "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
      { param: 'max_tokens' },
    ),
  ],
  [
    'max_tokens',
    error(
      "litellm.BadRequestError: OpenAIException - Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
      { code: '400' },
    ),
  ],
  ['max_completion_tokens', forbidden('max_completion_tokens'), { max_tokens: undefined, max_completion_tokens: 5 }],
  ['reasoning_content', error("'messages.1' : property 'reasoning_content' is unsupported")],
  [
    'reasoning_content',
    { message: 'body.messages.2.assistant.reasoning_content: property unsupported', code: 'wrong_api_format' },
  ],
  ['reasoning_content', forbidden('messages', 2, 'assistant', 'reasoning_content')],
  [
    'reasoning_content',
    error('The reasoning_content is for display only. Please remove the reasoning_content from your message.'),
  ],
  [
    'missing reasoning_content',
    error('The `reasoning_content` in the thinking mode must be passed back to the API.'),
    { messages: [...sent.messages, { role: 'assistant', content: 'b' }] },
  ],
  [
    'missing reasoning_content',
    error('thinking is enabled but reasoning_content is missing in assistant tool call message at index 2'),
    { messages: [{ role: 'assistant', content: null, tool_calls: [call] }] },
  ],
  ['json_schema', error('This response_format type is unavailable now'), { response_format: format }],
  [
    'json_schema',
    error('This model does not support response format `json_schema`. See supported models at …', {
      param: 'response_format',
    }),
    { response_format: format, tools: undefined },
  ],
  [
    'json_schema',
    error("Invalid value: 'json_schema'. Supported values are: 'text' and 'json_object'.", {
      param: 'response_format.type',
    }),
    { response_format: format },
  ],
  [
    'json_object',
    { error: "'response_format.type' must be 'json_schema' or 'text'" },
    { response_format: { type: 'json_object' } },
  ],
  ['response_format', error('Unrecognized request argument supplied: response_format'), { response_format: format }],
  [
    'response_format',
    { detail: "Unsupported fields in the request: {'response_format'}. Unexpected keys" },
    { response_format: format },
  ],
  [
    'response_format with tools',
    error("Function calling with a response mime type: 'application/json' is unsupported"),
    { response_format: format },
  ],
  [
    'response_format with tools',
    error('json mode cannot be combined with tool/function calling'),
    { response_format: { type: 'json_object' } },
  ],
  [
    'parallel_tool_calls',
    error("litellm.UnsupportedParamsError: bedrock does not support parameters: ['parallel_tool_calls'], for model=x."),
  ],
  ['reasoning_effort', error('Unrecognized request argument supplied: reasoning_effort')],
  [
    'reasoning_effort',
    error("Unsupported parameter: 'reasoning_effort' is not supported with this model.", { param: 'reasoning_effort' }),
  ],
  ['verbosity', forbidden('verbosity')],
  ['user', error("Unknown parameter: 'user'.", { param: 'user' })],
  ['strict', forbidden('tools', 0, 'function', 'strict')],
  ['name', error("Unknown parameter: 'messages[1].name'.", { param: 'messages[1].name' })],
  [
    'long call ids',
    {
      object: 'error',
      message: { detail: [{ msg: 'Tool call id was call_1 but must be a-z, A-Z, 0-9, with a length of 9.' }] },
    },
  ],
  [
    'long call ids',
    error("Invalid 'messages[2].tool_calls[0].id': string too long. Expected a string with maximum length 40.", {
      param: 'messages[2].tool_calls[0].id',
    }),
  ],
  [
    'roles in this order',
    error('After the optional system message, conversation roles must alternate user/assistant/user/assistant/...'),
  ],
  ['roles in this order', { object: 'error', message: "Unexpected role 'user' after role 'tool'", code: '3230' }],
  [
    'roles in this order',
    error('Expected last role User or Tool (or Assistant with prefix True) for serving but got assistant'),
  ],
  ['roles in this order', [error('* GenerateContentRequest.contents: contents is not specified')]],
  ['roles in this order', { error: 'Error rendering prompt with jinja template: "No user query found in messages."' }],
  [
    'system',
    error("Unsupported value: 'messages[0].role' does not support 'system' with this model.", {
      param: 'messages[0].role',
    }),
  ],
  ['system', error('System role not supported')],
  [
    'developer',
    error("Invalid value: 'developer'. Supported values are: 'system', 'assistant', 'user' and 'tool'.", {
      param: 'messages[0].role',
    }),
    { messages: [{ role: 'developer', content: 'a' }] },
  ],
  [
    'developer',
    {
      detail: [
        {
          loc: ['body', 'messages', 0, 'role'],
          msg: "Input should be 'system', 'user' or 'assistant'",
          input: 'developer',
        },
      ],
    },
    { messages: [{ role: 'developer', content: 'a' }] },
  ],
  [
    'null content',
    { detail: [{ loc: ['body', 'messages', 2, 'content'], msg: 'Input should be a valid string', input: null }] },
  ],
  [
    'null content',
    error("Invalid value for 'content': expected a string, got null.", { param: 'messages.[2].content' }),
  ],
  [
    'content parts',
    error('Failed to deserialize: messages[0].content: invalid type: sequence, expected a string'),
    { messages: sent.messages.slice(0, 2) },
  ],
  [
    'empty content',
    error("Invalid request: the message at position 3 with role 'tool' must not be empty"),
    { messages: sent.messages.toSpliced(2, 1) },
  ],
  [
    'developer',
    'messages[0].role: unknown variant `developer`, expected one of `system`, `user`, `assistant`, `tool`',
    { messages: [{ role: 'developer', content: 'a' }] },
  ],
  [
    'provider data',
    error("Unknown parameter: 'messages[0].tool_calls[0].extra_content'.", {
      param: 'messages[0].tool_calls[0].extra_content',
    }),
    { messages: [{ role: 'assistant', content: null, tool_calls: [Object.assign({}, call, { extra_content: {} })] }] },
  ],
];

const kept: [name: string, body: unknown, fields?: Partial<ChatRequest>, status?: number][] = [
  [
    'a value of the temperature',
    error(
      "Unsupported value: 'temperature' does not support 0.2 with this model. Only the default (1) value is supported.",
      { param: 'temperature' },
    ),
  ],
  [
    'a seed that is not supported',
    error("Unsupported parameter: 'seed' is not supported with this model.", { param: 'seed' }),
  ],
  [
    'a stop that is not supported',
    error("Unsupported parameter: 'stop' is not supported with this model.", { param: 'stop' }),
  ],
  ['log probabilities that are not supported', error('You are not allowed to request logprobs from this model')],
  [
    'a value of the reasoning effort',
    error("Unsupported value: 'reasoning_effort' does not support 'low' with this model.", {
      param: 'reasoning_effort',
    }),
  ],
  [
    'a limit that is too large',
    error("'max_tokens' or 'max_completion_tokens' is too large: 5. This model's maximum context length is 4 tokens."),
  ],
  [
    'a limit beyond the model',
    error('max_tokens is too large: 5. This model supports at most 4 completion tokens.', { param: 'max_tokens' }),
  ],
  [
    'an invalid schema of the client',
    error("Invalid schema for response_format 'x': In context=(), 'oneOf' is not permitted.", {
      param: 'response_format',
    }),
    { response_format: format },
  ],
  ['an unknown model', error("The model 'm' does not exist", { code: 'model_not_found' }), {}, 404],
  ['wrong credentials', error('Unknown name "stream_options"'), {}, 401],
  ['too many requests', error('stream_options'), {}, 429],
  ['tools that are not supported', error('m does not support tools')],
  [
    'a required tool that is not supported',
    error("tool_choice 'required' is not supported", { param: 'tool_choice' }),
    { tool_choice: 'required' },
  ],
  [
    'a request that the refusal repeats',
    {
      detail: [{ loc: ['body', 'temperature'], msg: 'Input should be less than 1', input: sent, ctx: { body: sent } }],
    },
  ],
  ['fields that were not sent', forbidden('stream_options'), { stream_options: undefined }],
  ['a page', '<html><body>Bad request</body></html>'],
];

suite('a refusal of an upstream', () => {
  for (const [what, body, fields] of lessons) {
    test(`teaches '${what}': ${JSON.stringify(body).slice(0, 100)}`, () => {
      assert.equal(learn(body, fields)?.what, what);
    });
  }

  for (const [name, body, fields, status] of kept) {
    test(`reaches the client about ${name}`, () => {
      assert.equal(learn(body, fields, status), undefined);
    });
  }

  test('teaches the other name of the limit, for the model alone', () => {
    assert.deepEqual(learn(forbidden('max_tokens')), {
      what: 'max_tokens',
      name: 'max_completion_tokens',
      isOfModel: true,
    });
  });

  test('is read to a bounded depth', () => {
    const deep = `${'['.repeat(50_000)}"stream_options"${']'.repeat(50_000)}`;
    assert.equal(learn(deep), undefined);
  });
});
