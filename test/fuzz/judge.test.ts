import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { startHealthWatch } from './health-watch.ts';
import { type Asked, judge } from './judge.ts';
import { judgeLog } from './judge-log.ts';
import type { Answer } from './send-request.ts';

const asked: Asked = { method: 'POST', path: '/v1/responses', mayAgentFail: false };
const json = { 'content-type': 'application/json; charset=utf-8', 'x-request-id': 'req_1' };

const toError = (fields: object = {}) => ({
  error: { message: 'm', type: 'invalid_request_error', param: null, code: 'invalid_value', ...fields },
});
const answer = (status: number, body: unknown, headers: Record<string, string> = json): Answer => ({
  status,
  headers,
  text: typeof body === 'string' ? body : JSON.stringify(body),
});

test('a whole error is no fault', () => {
  assert.deepEqual(judge(asked, answer(400, toError())), []);
});

const serverError = toError({ type: 'server_error', code: 'internal_error' });
const agentError = toError({ type: 'server_error', code: 'upstream_error' });
const faults: [title: string, answer: Answer, expected: RegExp, asked?: Partial<Asked>][] = [
  ['a 500', answer(500, serverError), /^status 500 internal_error$/],
  ['a 500 although the agent may fail', answer(500, serverError), /^status 500/, { mayAgentFail: true }],
  ['an internal error as a 502', answer(502, serverError), /^status 502/, { mayAgentFail: true }],
  ['a 502 of an agent that should not fail', answer(502, agentError), /^status 502 upstream_error$/],
  ['a 503', answer(503, toError({ type: 'server_error', code: 'store_unavailable' })), /^status 503/],
  ['an error without code', answer(400, toError({ code: null })), /^an error without code$/],
  ['an error without param', answer(400, toError({ param: undefined })), /^an error without param$/],
  ['an error without the envelope', answer(400, { message: 'm' }), /^an error without the envelope$/],
  [
    'an error as text',
    answer(404, 'Not Found', { 'content-type': 'text/plain' }),
    /^an error without JSON: Not Found$/,
  ],
  ['an endless message', answer(400, toError({ message: 'm'.repeat(9_000) })), /^an error with an endless message$/],
  ['no X-Request-Id', answer(400, toError(), { 'content-type': 'application/json' }), /^no X-Request-Id$/],
  ['a body against the contract', answer(200, { id: 'resp_1' }), /breaks the contract/],
  ['a status that the contract does not name', answer(299, {}), /The contract has no/],
];
for (const [title, given, expected, differing] of faults) {
  test(`finds ${title}`, () => {
    assert.match(judge({ ...asked, ...differing }, given).join('; '), expected);
  });
}

const stream = { 'content-type': 'text/event-stream', 'x-request-id': 'req_1' };
const chatAsked: Asked = { ...asked, path: '/v1/chat/completions' };
const chunk = {
  id: 'chatcmpl-1',
  object: 'chat.completion.chunk',
  created: 1,
  model: 'm',
  choices: [{ index: 0, delta: { content: 'a' }, logprobs: null, finish_reason: null }],
};

test('a stream with [DONE] is no fault', () => {
  const text = `data: ${JSON.stringify(chunk)}\n\ndata: [DONE]\n\n`;
  assert.deepEqual(judge(chatAsked, answer(200, text, stream)), []);
});

test('finds a stream without an end, without a terminal event, and with a broken event', () => {
  const text = `data: ${JSON.stringify(chunk)}\n\n`;
  assert.match(judge(chatAsked, answer(200, text, stream)).join(), /ended without \[DONE\]/);
  assert.match(judge(asked, answer(200, 'data: [DONE]\n\n', stream)).join(), /ended with 0 terminal events/);
  assert.match(judge(chatAsked, answer(200, `data: {"id":1}\n\n${text}`, stream)).join(), /breaks the contract/);
  const failure = { ...chunk, error: { code: 'internal_error' } };
  assert.match(judge(chatAsked, answer(200, `data: ${JSON.stringify(failure)}\n\n`, stream)).join(), /./);
});

test('reports log lines that no request may cause, and ignores those that an upstream may', () => {
  const line = (fields: object) => JSON.stringify({ level: 50, msg: 'request failed', ...fields });
  const type = (name: string) => ({ err: { type: name, message: 'm', stack: `${name}: m\n  at f (/x/src/a.ts:1:2)` } });
  const log = [
    line({ code: 'upstream_error', ...type('SyntaxError') }),
    line({ code: 'internal_error', ...type('Error') }),
    line({ code: 'internal_error', ...type('Error') }),
    line(type('TypeError')),
    'FATAL ERROR: heap',
  ].join('\n');
  assert.deepEqual(
    [...judgeLog(log)],
    [
      ['not a log line: FATAL ERROR: heap', 1],
      ['request failed: Error m src/a.ts:1:2', 2],
      ['request failed: TypeError m src/a.ts:1:2', 1],
    ],
  );
});

test('the watch finds a server that blocks', async () => {
  const server = createServer((_request, response) => response.end()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  assert.ok(address !== null && typeof address === 'object');
  await using watch = await startHealthWatch(`http://127.0.0.1:${address.port}`, undefined);
  const until = performance.now() + 700;
  while (performance.now() < until);
  const { longestMs, pauses } = await watch.report();
  server.closeAllConnections();
  server.close();
  assert.ok(longestMs > 300, `${longestMs} ms`);
  assert.equal(pauses.length, 1);
});
