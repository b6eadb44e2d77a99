import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { inspect } from 'node:util';
import { createErrorRedactor } from '../../../../src/agent/upstream/errors/redact-error.ts';
import { ApiError } from '../../../../src/errors/api-error.ts';

const key = 'sk-AGENT-KEY+XYZ/1';
const query = 'QUERY-SECRET-0123';
const url = new URL(`http://127.0.0.1/v1?api_key=${query}&api-version=2024-02-01`);

suite('createErrorRedactor', () => {
  for (const [name, form] of Object.entries({
    'as it is': key,
    'as a bearer token': `Bearer ${key}`,
    'in a URL': encodeURIComponent(key),
    'in base64': Buffer.from(key).toString('base64'),
    'in base64url': Buffer.from(key).toString('base64url'),
    'in lower case': key.toLowerCase(),
    'in the query': `http://host/v1?api_key=${query}`,
  })) {
    test(`removes a key ${name}`, () => {
      const inner = Object.assign(new Error(`inner ${form}`), { data: form });
      const cause = new Error(`outer ${form}`, { cause: inner });
      const options = { cause, param: form, wireCode: form, status: 422, retryAfter: 3 };
      const redacted = createErrorRedactor(key, url)(new ApiError('invalid_value', `no: ${form}!`, options));
      const shown = inspect({ ...redacted, redacted }, { depth: 10 });
      assert.ok(!shown.toLowerCase().includes(form.toLowerCase()), shown);
      assert.match(redacted.message, /^no: .*\[secret\]!$/);
      assert.deepEqual([redacted.status, redacted.retryAfter, redacted.code], [422, 3, 'invalid_value']);
    });
  }

  test('returns an error without secrets unchanged', () => {
    const error = new ApiError('upstream_error', 'The API version 2024-02-01 is old.', { cause: new Error('why') });
    assert.equal(createErrorRedactor(key, url)(error), error);
  });

  test('replaces a short key only as a word', () => {
    const redact = createErrorRedactor('ollama', new URL('http://127.0.0.1/v1'));
    const { message } = redact(new ApiError('upstream_error', 'ollama3 and ollamas, not "ollama"'));
    assert.equal(message, 'ollama3 and ollamas, not "[secret]"');
  });
});
