import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { fromErrorResponse } from '../../../../src/agent/upstream/errors/from-error-response.ts';

interface Expected {
  code: string;
  status: number;
  message: string;
  wireCode?: string;
  param?: string | null;
}

function assertMapped(status: number, text: string, { wireCode, param, ...expected }: Expected): void {
  const { code, status: mapped, message, ...error } = fromErrorResponse({ status, headers: {}, text });
  assert.deepEqual({ code, status: mapped, message }, expected);
  assert.equal(error.wireCode, wireCode ?? code);
  assert.equal(error.param, param ?? null);
}

const envelope = (error: unknown) => JSON.stringify({ error });
const said = envelope({ message: 'No.', type: 'some_error', param: 'messages', code: 'its_code' });
const credentials =
  "The agent refused this server's credentials. Check AGENT_API_KEY, or api_key in the configuration file.";
const failed = 'The agent had an error while processing the request.';

suite('fromErrorResponse', () => {
  const withEnvelope: [number, string][] = [
    [400, 'invalid_value'],
    [404, 'model_not_found'],
    [408, 'upstream_timeout'],
    [409, 'invalid_value'],
    [413, 'request_too_large'],
    [415, 'invalid_value'],
    [422, 'invalid_value'],
    [429, 'rate_limit_exceeded'],
  ];
  for (const [status, code] of withEnvelope) {
    test(`keeps a ${status} with the fields of its envelope, as ${code}`, () => {
      assertMapped(status, said, { code, status, message: 'No.', wireCode: 'its_code', param: 'messages' });
    });
  }

  for (const status of [401, 403]) {
    test(`keeps a ${status} but reports only that the credentials were refused`, () => {
      const text = envelope({ message: 'Incorrect API key provided: sk-abc', code: 'invalid_api_key' });
      assertMapped(status, text, { code: 'upstream_error', status, message: credentials });
    });
  }

  for (const status of [500, 501, 502, 503, 504, 529]) {
    test(`maps a ${status} to a 502 with its reason`, () => {
      assertMapped(status, said, { code: 'upstream_error', status: 502, message: 'The agent reported an error: No.' });
      assertMapped(status, '<h1>secret-host</h1>', { code: 'upstream_error', status: 502, message: failed });
      assertMapped(status, '', { code: 'upstream_error', status: 502, message: failed });
    });
  }

  test('maps a redirect to a 502 that names its target without host and query', () => {
    const redirect = (location?: string) =>
      fromErrorResponse({ status: 308, headers: location === undefined ? {} : { location }, text: '' });
    assert.equal(redirect().message, 'The agent redirects: set AGENT_URL to the final address.');
    assert.equal(
      redirect('/v1/chat/completions/?key=secret').message,
      'The agent redirects to /v1/chat/completions/: set AGENT_URL to the final address.',
    );
    assert.equal(
      redirect('https://secret-host/v1/chat?key=secret').message,
      'The agent redirects to https://…/v1/chat: set AGENT_URL to the final address.',
    );
    assert.equal(redirect().status, 502);
  });

  test('keeps the whole text for the log', () => {
    const error = fromErrorResponse({ status: 500, headers: {}, text: 'secret-host is down' });
    assert.match(String(error.cause), /500: secret-host is down/);
  });

  for (const text of ['<h1>secret-host</h1>', '', 'null', '[]', '{}', '{"error":{}}', `{"a": "${'x'.repeat(600)}`]) {
    test(`uses a generic message for a 400 with the body ${JSON.stringify(text.slice(0, 30))}`, () => {
      const message = 'The agent refused the request with status 400.';
      assertMapped(400, text, { code: 'invalid_value', status: 400, message });
    });
  }

  const nested = JSON.stringify({ error: { message: 'Too hot.', code: 'hot' } });
  const forms: [form: string, body: unknown, message: string, more?: Partial<Expected>][] = [
    ["OpenAI's envelope", { error: { message: 'Too hot.', code: 'hot' } }, 'Too hot.', { wireCode: 'hot' }],
    ['a text in `error`', { error: 'Too hot.' }, 'Too hot.'],
    ["Google's list", [{ error: { code: 400, message: 'Too hot.', status: 'INVALID_ARGUMENT' } }], 'Too hot.'],
    ['no envelope, as older vLLM', { object: 'error', message: 'Too hot.', code: 400 }, 'Too hot.'],
    ["FastAPI's text", { detail: 'Too hot.' }, 'Too hot.'],
    [
      "FastAPI's list",
      { detail: [{ loc: ['body', 'messages', 0, 'role'], msg: 'field required', type: 'missing' }] },
      'messages[0].role: field required',
      { param: 'messages[0].role' },
    ],
    ['a message alone', { message: 'Too hot.' }, 'Too hot.'],
    ['a short name', { code: 'E1', msg: 'Too hot.' }, 'Too hot.', { wireCode: 'E1' }],
    ['a list of errors', { errors: [{ message: 'Too hot.' }, 'Too wet.'] }, 'Too hot.; Too wet.'],
    ['problem details', { type: 'about:blank', title: 'Bad', detail: 'Too hot.' }, 'Too hot.'],
    ['an object as the message', { error: { message: { detail: 'Too hot.' } } }, 'Too hot.'],
    ['JSON as the message', { error: { message: nested } }, 'Too hot.', { wireCode: 'hot' }],
    ['JSON as the whole body', nested, 'Too hot.', { wireCode: 'hot' }],
    [
      "a provider's error of OpenRouter",
      { error: { message: 'Provider returned error', code: 400, metadata: { raw: nested } } },
      'Too hot.',
      { wireCode: 'hot' },
    ],
  ];
  for (const [form, body, message, more] of forms) {
    test(`reads the reason from ${form}`, () => {
      assertMapped(400, JSON.stringify(body), { code: 'invalid_value', status: 400, message, ...more });
    });
  }

  test('reads the reason from a short plain text', () => {
    assertMapped(400, 'Too hot.\n', { code: 'invalid_value', status: 400, message: 'Too hot.' });
  });

  test('survives an error that nests without end', () => {
    const text = `${'{"error":'.repeat(5000)}1${'}'.repeat(5000)}`;
    assertMapped(400, text, {
      code: 'invalid_value',
      status: 400,
      message: 'The agent refused the request with status 400.',
    });
  });

  const wrongPaths: [status: number, text: string, kind: string][] = [
    [404, '<h1>404</h1>', 'an HTML page'],
    [405, '<html>nginx</html>', 'an HTML page'],
    [404, '', 'an unknown path'],
    [404, '404 page not found', 'an unknown path'],
    [404, '{"detail":"Not Found"}', 'an unknown path'],
    [405, '{"detail":"Method Not Allowed"}', 'an unknown path'],
    [404, '{"error":"Unexpected endpoint or method. (POST /chat/completions)"}', 'an unknown path'],
    [404, envelope({ message: 'Unknown request URL: POST /x', code: 'unknown_url' }), 'an unknown path'],
  ];
  for (const [status, text, kind] of wrongPaths) {
    test(`explains a wrong address: ${status} ${text}`, () => {
      const message = `The agent answered with ${kind} (${status}): check that AGENT_URL ends in /v1.`;
      assertMapped(status, text, { code: 'upstream_error', status: 502, message });
    });
  }

  test('does not take a missing model for a wrong address', () => {
    for (const message of ['model "x" not found, try pulling it first', 'The model `x` does not exist.']) {
      assertMapped(404, JSON.stringify({ error: message }), { code: 'model_not_found', status: 404, message });
    }
  });

  test('never uses a status as the code', () => {
    for (const code of [429, '429']) {
      const text = envelope({ message: 'Slow down.', code });
      assertMapped(429, text, { code: 'rate_limit_exceeded', status: 429, message: 'Slow down.' });
    }
    const quota = envelope({ message: 'No money.', type: 'insufficient_quota', code: null });
    const expected = { code: 'rate_limit_exceeded', status: 429, message: 'No money.' };
    assertMapped(429, quota, { ...expected, wireCode: 'insufficient_quota' });
  });

  test('ignores a code that is a number or null', () => {
    const text = envelope({ message: 'No.', code: 400, param: null });
    assertMapped(400, text, { code: 'invalid_value', status: 400, message: 'No.' });
  });

  const tooLong: [string, number, object][] = [
    ['OpenAI', 400, { message: 'Too long.', code: 'context_length_exceeded', param: 'messages' }],
    ['vLLM', 400, { message: "This model's maximum context length is 4096 tokens.", code: 400 }],
    ['llama.cpp', 400, { message: 'the request exceeds it', type: 'exceed_context_size_error', code: 400 }],
    ['a server that names it otherwise', 422, { message: 'exceeds the context window', code: 'TOO_LONG' }],
  ];
  for (const [server, status, error] of tooLong) {
    test(`recognises a context that is too long, as reported by ${server}`, () => {
      const mapped = fromErrorResponse({ status, headers: {}, text: envelope(error) });
      assert.deepEqual(
        [mapped.code, mapped.wireCode, mapped.status],
        ['context_length_exceeded', 'context_length_exceeded', status],
      );
    });
  }

  test('recognises a context that is too long in a 500', () => {
    const { code, status } = fromErrorResponse({ status: 500, headers: {}, text: '{"error":"prompt is too long"}' });
    assert.deepEqual([code, status], ['context_length_exceeded', 400]);
  });

  test('passes Retry-After on', () => {
    const toRetryAfter = (status: number) =>
      fromErrorResponse({ status, headers: { 'retry-after': '7' }, text: '' }).retryAfter;
    assert.deepEqual([toRetryAfter(429), toRetryAfter(503)], [7, 7]);
    assert.equal(fromErrorResponse({ status: 429, headers: {}, text: '' }).retryAfter, undefined);
  });
});
