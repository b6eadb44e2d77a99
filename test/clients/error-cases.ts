import { BadRequestError, InternalServerError, NotFoundError, RateLimitError } from 'openai';

export type ErrorClass =
  | typeof BadRequestError
  | typeof NotFoundError
  | typeof RateLimitError
  | typeof InternalServerError;

export interface Expected {
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

export const chatRefusals: Refusal[] = [
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
    name: 'more choices than there may be',
    body: { messages: [user('Hello')], n: 129 },
    ...badRequest,
    code: 'invalid_value',
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

export const responseRefusals: Refusal[] = [
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

export const agentRefusals: (Expected & { upstream: number })[] = [
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

function user(content: string) {
  return { role: 'user', content };
}

function text(value: string) {
  return { type: 'text', text: value };
}
