import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import OpenAI, {
  AuthenticationError,
  BadRequestError,
  InternalServerError,
  NotFoundError,
  RateLimitError,
} from 'openai';
import { createClient, startTalaria, type TestServer } from '../helpers/talaria.ts';

const key = 'sk-test-0123456789';
const model = 'any-name';

type ErrorClass = typeof BadRequestError | typeof NotFoundError | typeof RateLimitError | typeof InternalServerError;

interface Expected {
  is: ErrorClass;
  status: number;
  code: string;
  type?: string;
  param?: string | null;
  message?: RegExp;
}

/** Bodies as a client without types may send them. */
interface Refusal extends Expected {
  name: string;
  body: object;
}

const badRequest = { is: BadRequestError, status: 400 } as const;

const chatRefusals: Refusal[] = [
  { name: 'no messages', body: {}, ...badRequest, code: 'missing_required_parameter', param: 'messages' },
  {
    name: 'an empty list of messages',
    body: { messages: [] },
    ...badRequest,
    code: 'invalid_value',
    param: 'messages',
  },
  {
    name: 'a message of an unknown role',
    body: { messages: [{ role: 'usr', content: 'Hello' }] },
    ...badRequest,
    code: 'invalid_value',
    param: 'messages[0].role',
  },
  {
    name: 'a part of an unknown type, deep inside',
    body: { messages: [user('Hello'), { role: 'user', content: [text('a'), { type: 'txt', text: 'b' }] }] },
    ...badRequest,
    code: 'invalid_value',
    param: 'messages[1].content[1].type',
  },
  {
    name: 'a part without its text',
    body: { messages: [{ role: 'user', content: [{ type: 'text' }] }] },
    ...badRequest,
    code: 'missing_required_parameter',
    param: 'messages[0].content[0].text',
  },
  {
    name: 'a temperature that is no number',
    body: { messages: [user('Hello')], temperature: 'hot' },
    ...badRequest,
    code: 'invalid_type',
    param: 'temperature',
  },
  {
    name: 'a temperature out of range',
    body: { messages: [user('Hello')], temperature: 3 },
    ...badRequest,
    code: 'invalid_value',
    param: 'temperature',
  },
  {
    name: 'several choices',
    body: { messages: [user('Hello')], n: 2 },
    ...badRequest,
    code: 'unsupported_parameter',
    param: 'n',
  },
  {
    name: 'a choice of a tool that is not offered',
    body: { messages: [user('Hello')], tool_choice: { type: 'function', function: { name: 'nothing' } } },
    ...badRequest,
    code: 'invalid_value',
    param: 'tool_choice',
  },
];

const responseRefusals: Refusal[] = [
  { name: 'no input', body: {}, ...badRequest, code: 'missing_required_parameter', param: 'input' },
  {
    name: 'an item of an unknown type',
    body: { input: [{ type: 'mesage', role: 'user', content: 'Hello' }] },
    ...badRequest,
    code: 'invalid_value',
    param: 'input[0].type',
    message: /message/,
  },
  {
    name: 'a part of the wrong type',
    body: { input: [{ role: 'user', content: [{ type: 'input_text', text: 7 }] }] },
    ...badRequest,
    code: 'invalid_type',
    param: 'input[0].content[0].text',
  },
  {
    name: 'a tool without a name',
    body: { input: 'Hello', tools: [{ type: 'function', parameters: {} }] },
    ...badRequest,
    code: 'missing_required_parameter',
    param: 'tools[0].name',
  },
  {
    name: 'a format without a schema',
    body: { input: 'Hello', text: { format: { type: 'json_schema', name: 'answer' } } },
    ...badRequest,
    code: 'missing_required_parameter',
    param: 'text.format.schema',
  },
  {
    name: 'an unknown effort',
    body: { input: 'Hello', reasoning: { effort: 'heroic' } },
    ...badRequest,
    code: 'invalid_value',
    param: 'reasoning.effort',
  },
  {
    name: 'an unknown previous response',
    body: { input: 'Hello', previous_response_id: `resp_${'0'.repeat(32)}` },
    is: NotFoundError,
    status: 404,
    code: 'previous_response_not_found',
    param: 'previous_response_id',
    message: /^404 Previous response not found: resp_0+$/,
  },
  {
    name: 'a previous response whose id is none',
    body: { input: 'Hello', previous_response_id: "'; DROP TABLE responses; --" },
    is: NotFoundError,
    status: 404,
    code: 'previous_response_not_found',
    param: 'previous_response_id',
  },
];

const agentRefusals: (Expected & { upstream: number })[] = [
  { upstream: 400, ...badRequest, code: 'invalid_value', param: null },
  { upstream: 404, is: NotFoundError, status: 404, code: 'not_found', param: null },
  {
    upstream: 429,
    is: RateLimitError,
    status: 429,
    code: 'rate_limit_exceeded',
    type: 'rate_limit_error',
    param: null,
  },
  { upstream: 500, is: InternalServerError, status: 502, code: 'upstream_error', type: 'server_error', param: null },
  { upstream: 504, is: InternalServerError, status: 504, code: 'upstream_timeout', type: 'server_error', param: null },
];

describe('errors as the openai package reads them', () => {
  let server: TestServer;
  before(async () => {
    server = await startTalaria({ API_SERVER_KEY: key });
  });
  after(() => server[Symbol.asyncDispose]());

  for (const { name, body, ...expected } of chatRefusals) {
    it(`refuses a chat completion with ${name}`, async () => {
      // The SDK's types forbid these bodies; its users' programs do not.
      const sent = { model, ...body } as OpenAI.ChatCompletionCreateParamsNonStreaming;
      await assert.rejects(server.openai.chat.completions.create(sent), matches(expected));
      await assert.rejects(server.openai.chat.completions.create({ ...sent, stream: true }), matches(expected));
    });
  }

  for (const { name, body, ...expected } of responseRefusals) {
    it(`refuses a response with ${name}`, async () => {
      // As above.
      const sent = { model, ...body } as OpenAI.Responses.ResponseCreateParamsNonStreaming;
      await assert.rejects(server.openai.responses.create(sent), matches(expected));
      await assert.rejects(server.openai.responses.create({ ...sent, stream: true }), matches(expected));
    });
  }

  for (const { upstream, ...expected } of agentRefusals) {
    it(`tells of an agent that answers ${upstream}`, async () => {
      const script = `/status ${upstream} retry-after 2`;
      const messages = [{ role: 'user' as const, content: script }];
      const { chat, responses } = server.openai;
      await assert.rejects(chat.completions.create({ model, messages }), matches(expected));
      await assert.rejects(chat.completions.create({ model, messages, stream: true }), matches(expected));
      await assert.rejects(responses.create({ model, input: script }), matches(expected));
      await assert.rejects(responses.create({ model, input: script, stream: true }), matches(expected));
    });
  }

  it('hands the wait that a limited agent asks for on to the client', async () => {
    await assert.rejects(server.openai.responses.create({ model, input: '/status 429 retry-after 7' }), (error) => {
      assert.ok(error instanceof RateLimitError);
      assert.equal(error.headers.get('retry-after'), '7');
      return true;
    });
  });

  it('refuses a wrong key and a missing one, on every operation but the probes', async () => {
    const expected = { is: AuthenticationError, status: 401, code: 'invalid_api_key', param: null };
    const { chat, models, responses } = createClient(server.url, 'sk-wrong');
    const messages = [{ role: 'user' as const, content: 'Hello' }];
    await assert.rejects(chat.completions.create({ model, messages }), matches(expected));
    await assert.rejects(responses.create({ model, input: 'Hello', stream: true }), matches(expected));
    await assert.rejects(responses.retrieve('resp_0'), matches(expected));
    await assert.rejects(responses.delete('resp_0'), matches(expected));
    await assert.rejects(async () => await models.list(), matches(expected));
    await assert.rejects(models.retrieve('offline'), matches(expected));
    const keyless = new OpenAI({ baseURL: `${server.url}/v1`, apiKey: 'x', defaultHeaders: { authorization: null } });
    await assert.rejects(keyless.responses.create({ model, input: 'Hello' }), matches(expected));
  });

  it('answers 404 for ids that are unknown or no ids at all', async () => {
    const expected = { is: NotFoundError, status: 404, code: 'response_not_found', param: 'response_id' };
    for (const id of [`resp_${'0'.repeat(32)}`, 'resp_', 'x', '../models', 'ä %2f']) {
      await assert.rejects(server.openai.responses.retrieve(id), matches(expected));
      await assert.rejects(server.openai.responses.delete(id), matches(expected));
    }
  });

  it('names the request in every error', async () => {
    await assert.rejects(server.openai.responses.retrieve('x'), (error) => {
      assert.ok(error instanceof NotFoundError);
      assert.match(error.requestID ?? '', /^req_[0-9a-f]{32}$/);
      return true;
    });
  });
});

function user(content: string) {
  return { role: 'user', content };
}

function text(value: string) {
  return { type: 'text', text: value };
}

function matches(expected: Omit<Expected, 'is'> & { is: ErrorClass | typeof AuthenticationError }) {
  return (error: unknown): boolean => {
    assert.ok(error instanceof expected.is, `${error}`);
    assert.equal(error.status, expected.status);
    assert.equal(error.code, expected.code);
    assert.equal(error.type, expected.type ?? 'invalid_request_error');
    if (expected.param !== undefined) assert.equal(error.param, expected.param);
    if (expected.message) assert.match(error.message, expected.message);
    return true;
  };
}
