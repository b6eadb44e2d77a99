import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { fromStreamError } from '../../../../src/agent/upstream/errors/from-stream-error.ts';

const cases: [name: string, reported: unknown, code: string, message: RegExp][] = [
  ['a text', 'boom', 'upstream_error', /^The agent reported an error: boom$/],
  ['an envelope as JSON', '{"error":{"message":"boom"}}', 'upstream_error', /: boom$/],
  ['the content of an envelope', { message: 'boom', type: 'agent_error' }, 'upstream_error', /: boom$/],
  ['an object of older vLLM', { object: 'error', message: 'boom', code: 500 }, 'upstream_error', /: boom$/],
  ['FastAPI', { detail: 'boom' }, 'upstream_error', /: boom$/],
  ['Baidu', { error_code: 336003, error_msg: 'boom' }, 'upstream_error', /: boom$/],
  ['MiniMax', { base_resp: { status_code: 1004, status_msg: 'boom' } }, 'upstream_error', /: boom$/],
  ['one choice', { choices: [{ delta: {}, error: { message: 'boom' } }] }, 'upstream_error', /: boom$/],
  ['Groq', { choices: [], x_groq: { error: 'boom' } }, 'upstream_error', /: boom$/],
  ['a status with a reason', { status: 'error', reason: 'boom' }, 'upstream_error', /: boom$/],
  ['DashScope', { code: 'InternalError', message: 'boom' }, 'upstream_error', /: boom$/],
  [
    'nothing to tell',
    { finish_reason: 'error' },
    'upstream_error',
    /^The agent reported an error while it answered\.$/,
  ],
  ['a status of 429', { message: 'slow down', code: 429 }, 'rate_limit_exceeded', /: slow down$/],
  ['a status of 429 as text', { message: 'slow down', code: '429' }, 'rate_limit_exceeded', /: slow down$/],
  ['a rate limit by name', { error: { message: 'x', type: 'rate_limit_error' } }, 'rate_limit_exceeded', /: x$/],
  ['a quota', { error: { message: 'x', code: 'insufficient_quota' } }, 'insufficient_quota', /: x$/],
  [
    'a context that is too long',
    { error: { message: 'prompt is too long' } },
    'context_length_exceeded',
    /context window/,
  ],
];

suite('fromStreamError', () => {
  for (const [name, reported, code, message] of cases) {
    test(`reads ${name}`, () => {
      const error = fromStreamError(reported);
      assert.equal(error.code, code);
      assert.match(error.message, message);
    });
  }

  test('keeps hosts, paths and stacks for the log', () => {
    const message = 'boom at gpu-7.corp:8000 in /srv/agent/run.py\n    at run (/srv/agent/run.js:1:2)';
    const error = fromStreamError({ error: { message } });
    assert.equal(error.message, 'The agent reported an error: boom at [host] in [path]');
    assert.match(String(error.cause), /gpu-7\.corp:8000/);
  });
});
