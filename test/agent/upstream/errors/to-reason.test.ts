import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { toReason } from '../../../../src/agent/upstream/errors/to-reason.ts';

const cases: [text: string, reason: string | undefined][] = [
  ['HTTP 401: the key of the model was refused', 'HTTP 401: the key of the model was refused'],
  ['CUDA out of memory. Tried to allocate 2.5 GiB', 'CUDA out of memory. Tried to allocate 2.5 GiB'],
  ['The model meta-llama/Llama-3.1-8B is loading', 'The model meta-llama/Llama-3.1-8B is loading'],
  ['first line\n\n  second line', 'first line second line'],
  ['cannot open /home/me/models/a.gguf: no such file', 'cannot open [path]: no such file'],
  ['cannot open C:\\Users\\me\\a.gguf', 'cannot open [path]'],
  ['connect ECONNREFUSED 10.0.0.5:8000', 'connect ECONNREFUSED [host]'],
  ['connect to gpu-7.cluster.internal:8000 failed', 'connect to [host] failed'],
  ['connect to [::1]:8000 failed', 'connect to [host] failed'],
  ['connect to vllm:8000 or localhost failed', 'connect to [host] or [host] failed'],
  ['getaddrinfo ENOTFOUND llm.corp', 'getaddrinfo ENOTFOUND [host]'],
  ['POST https://llm.corp/v1?key=abc failed', 'POST [url] failed'],
  ['Incorrect API key provided: sk-proj-abc***xyz.', 'Incorrect API key provided: [secret]'],
  ['Authorization was Bearer abcdef', 'Authorization was Bearer [secret]'],
  ['TypeError: x is undefined\n    at run (/srv/app/index.js:10:3)\n    at main', 'TypeError: x is undefined'],
  [
    'Traceback (most recent call last):\n  File "/srv/a.py", line 3, in run\nRuntimeError: the engine died',
    'RuntimeError: the engine died',
  ],
  ['<html><body>secret</body></html>', undefined],
  ['  \n', undefined],
  ['x'.repeat(600), `${'x'.repeat(499)}…`],
];

suite('the reason of an error that clients receive', () => {
  for (const [text, reason] of cases) {
    test(`is ${reason?.slice(0, 60)}`, () => assert.equal(toReason(text), reason));
  }

  test('is found quickly in a hostile text', () => {
    const started = performance.now();
    for (const piece of ['a.', '/a', 'a-', '1.', 'a:', '\n at', '[:']) toReason(piece.repeat(100_000));
    assert.ok(performance.now() - started < 1000);
  });
});
