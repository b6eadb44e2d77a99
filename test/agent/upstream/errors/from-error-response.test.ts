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
const credentials = "The agent refused this server's credentials.";
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

  for (const status of [500, 501, 502, 503, 504, 529, 201, 302]) {
    test(`maps a ${status} to a 502 without its text`, () => {
      assertMapped(status, said, { code: 'upstream_error', status: 502, message: failed });
    });
  }

  test('keeps the whole text for the log', () => {
    const error = fromErrorResponse({ status: 500, headers: {}, text: 'secret-host is down' });
    assert.match(String(error.cause), /500: secret-host is down/);
  });

  const bodiesWithoutEnvelope = [
    '<h1>secret-host</h1>',
    '',
    'null',
    '[]',
    '{"error":"secret"}',
    '{"error":{}}',
    '{"detail":"secret"}',
  ];
  for (const text of bodiesWithoutEnvelope) {
    test(`uses a generic message for a 400 with the body ${JSON.stringify(text)}`, () => {
      assertMapped(400, text, {
        code: 'invalid_value',
        status: 400,
        message: 'The agent refused the request with status 400.',
      });
    });
  }

  test('maps a 404 without envelope to a wrong address, not to a missing model', () => {
    assertMapped(404, '<h1>404</h1>', {
      code: 'not_found',
      status: 404,
      message: 'The agent refused the request with status 404.',
    });
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

  test('reads the body of older vLLM, which lacks an envelope', () => {
    const said = { object: 'error', message: "This model's maximum context length is 10 tokens.", code: 400 };
    const mapped = fromErrorResponse({ status: 400, headers: {}, text: JSON.stringify(said) });
    assert.deepEqual([mapped.code, mapped.message], ['context_length_exceeded', said.message]);
  });

  test('passes Retry-After on', () => {
    const toRetryAfter = (status: number) =>
      fromErrorResponse({ status, headers: { 'retry-after': '7' }, text: '' }).retryAfter;
    assert.deepEqual([toRetryAfter(429), toRetryAfter(503)], [7, 7]);
    assert.equal(fromErrorResponse({ status: 429, headers: {}, text: '' }).retryAfter, undefined);
  });
});
