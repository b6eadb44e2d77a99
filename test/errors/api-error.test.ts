import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ApiError } from '../../src/errors/api-error.ts';
import { toErrorBody } from '../../src/errors/to-error-body.ts';

test('an error of ours passes through the funnel as it is', () => {
  const error = new ApiError('invalid_value', 'No.', { param: 'input[0].type' });
  assert.equal(ApiError.from(error), error);
});

const secret = '/srv/private/store.db at 10.0.0.7';
const unknown: [name: string, reason: unknown][] = [
  ['an Error', new Error(secret)],
  ['a system error', Object.assign(new Error(secret), { code: 'ECONNREFUSED', address: '10.0.0.7' })],
  ['an error that claims a status', Object.assign(new Error(secret), { status: 418, code: 'invalid_value' })],
  ['a string', secret],
  ['an object', { message: secret }],
  ['nothing', undefined],
];

for (const [name, reason] of unknown) {
  test(`${name} becomes a 500 without internal details`, () => {
    const error = ApiError.from(reason);
    assert.equal(error.status, 500);
    assert.deepEqual(toErrorBody(error), {
      error: {
        message: 'The server had an error while processing the request.',
        type: 'server_error',
        param: null,
        code: 'internal_error',
      },
    });
    assert.equal(error.cause, reason, 'the log still learns the cause');
  });
}

for (const [name, reason] of [
  ['an abort', AbortSignal.abort().reason],
  ['a time-out', new DOMException(secret, 'TimeoutError')],
] as const) {
  test(`${name} becomes a cancelled request, without its text`, () => {
    const error = ApiError.from(reason);
    assert.equal(error.code, 'request_cancelled');
    assert.doesNotMatch(JSON.stringify(toErrorBody(error)), /private/);
  });
}

test("an upstream's own status and code reach the client; undefined fields do not", () => {
  const error = new ApiError('invalid_value', 'Too hot.', { status: 422, wireCode: 'too_hot', param: 'temperature' });
  assert.equal(error.status, 422);
  assert.deepEqual(toErrorBody(error), {
    error: { message: 'Too hot.', type: 'invalid_request_error', param: 'temperature', code: 'too_hot' },
  });
  assert.equal(error.retryAfter, undefined);
  assert.equal(error.allow, undefined);
  assert.ok(!('cause' in error));
});

test('texts that a client or an agent chose are cut', () => {
  const text = (characters: number) => 'x'.repeat(characters);
  const whole = new ApiError('invalid_value', text(4000), { param: text(1000), wireCode: text(1000) });
  assert.deepEqual([whole.message, whole.param, whole.wireCode], [text(4000), text(1000), text(1000)]);
  const long = new ApiError('invalid_value', text(4001), { param: text(1001), wireCode: text(1001) });
  assert.deepEqual(toErrorBody(long), {
    error: {
      message: `${text(4000)}…`,
      type: 'invalid_request_error',
      param: `${text(1000)}…`,
      code: `${text(1000)}…`,
    },
  });
});
