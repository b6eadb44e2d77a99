import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { inspect } from 'node:util';
import { createErrorRedactor } from '../../../../src/agent/upstream/errors/redact-error.ts';
import { defaultUpstreamSettings } from '../../../../src/config/upstream-settings.ts';
import { ApiError } from '../../../../src/errors/api-error.ts';

const key = 'sk-AGENT-KEY+XYZ/1';
const query = 'QUERY-SECRET-0123';
const base = new URL(`http://127.0.0.1/v1?api_key=${query}&api-version=2024-02-01`);
const header = 'HEADER-SECRET-0123';
const settings = {
  headers: { 'X-Auth': `Token ${header}`, 'X-Region': 'eu' },
  proxy: 'http://user:PROXY-PASS%21@proxy.example:3128',
};
const redactor = createErrorRedactor({ apiKey: key, base, settings });

suite('createErrorRedactor', () => {
  for (const [name, form] of Object.entries({
    'as it is': key,
    'as a bearer token': `Bearer ${key}`,
    'in a URL': encodeURIComponent(key),
    'in base64': Buffer.from(key).toString('base64'),
    'in base64url': Buffer.from(key).toString('base64url'),
    'in lower case': key.toLowerCase(),
    'of a configured header': header,
    'of a configured header, with its scheme': `Token ${header}`,
    'of the proxy': 'PROXY-PASS!',
    'of the proxy, as a header': `Basic ${Buffer.from('user:PROXY-PASS!').toString('base64')}`,
    'in the query': `http://host/v1?api_key=${query}`,
  })) {
    test(`removes a key ${name}`, () => {
      const inner = Object.assign(new Error(`inner ${form}`), { data: form });
      const cause = new Error(`outer ${form}`, { cause: inner });
      const options = { cause, param: form, wireCode: form, status: 422, retryAfter: 3 };
      const redacted = redactor(new ApiError('invalid_value', `no: ${form}!`, options));
      const shown = inspect({ ...redacted, redacted }, { depth: 10 });
      assert.ok(!shown.toLowerCase().includes(form.toLowerCase()), shown);
      assert.match(redacted.message, /^no: .*\[secret\]!$/);
      assert.deepEqual([redacted.status, redacted.retryAfter, redacted.code], [422, 3, 'invalid_value']);
    });
  }

  test('returns an error without secrets unchanged', () => {
    const error = new ApiError('upstream_error', 'The API version 2024-02-01 is old.', { cause: new Error('why') });
    assert.equal(redactor(error), error);
  });

  test('replaces a short key only as a word', () => {
    const redact = createErrorRedactor({
      apiKey: 'ollama',
      base: new URL('http://127.0.0.1/v1'),
      settings: defaultUpstreamSettings,
    });
    const { message } = redact(new ApiError('upstream_error', 'ollama3 and ollamas, not "ollama"'));
    assert.equal(message, 'ollama3 and ollamas, not "[secret]"');
  });
});
