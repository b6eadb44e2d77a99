import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AgentModel } from '../../../src/agent/agent-client.ts';
import { KnownModels } from '../../../src/agent/routing/known-models.ts';
import { ApiError } from '../../../src/errors/api-error.ts';

const { signal } = new AbortController();
const toModel = (id: string): AgentModel => ({ id, created: 0, ownedBy: 'test' });
const failure = new ApiError('upstream_error', 'It is down.');

/** An agent that gives each answer in turn, and the last for ever. */
function setUp(answers: (string[] | Error)[], retryMs = 60_000) {
  let asked = 0;
  const failures: unknown[] = [];
  const agent = {
    async models() {
      const answer = answers[Math.min(asked++, answers.length - 1)] ?? [];
      if (answer instanceof Error) throw answer;
      return answer.map(toModel);
    },
  };
  const known = new KnownModels({ agent, onFailure: (error) => failures.push(error), retryMs });
  const read = async () => (await known.read(signal)).map(({ id }) => id);
  return { known, read, failures, asked: () => asked };
}

test('an agent that answers is asked each time: it remembers for itself', async () => {
  const { read, failures, asked } = setUp([['a'], ['b']]);
  assert.deepEqual([await read(), await read()], [['a'], ['b']]);
  assert.deepEqual([asked(), failures], [2, []]);
});

test('one that never could be asked says why, and is left alone for a while', async () => {
  const { read, failures, asked } = setUp([failure]);
  for (let i = 0; i < 5; i += 1) await assert.rejects(read(), failure);
  assert.deepEqual([asked(), failures], [1, [failure]]);
});

test('one that fails later has what it had', async () => {
  const { read, failures, asked } = setUp([['a'], failure]);
  assert.deepEqual([await read(), await read(), await read()], [['a'], ['a'], ['a']]);
  assert.deepEqual([asked(), failures], [2, [failure]]);
});

test('after the while it is asked again, and is as before', async () => {
  const { read, failures, asked } = setUp([failure, ['a'], failure, ['b']], 0);
  await assert.rejects(read(), failure);
  assert.deepEqual([await read(), await read(), await read()], [['a'], ['a'], ['b']]);
  assert.deepEqual([asked(), failures.length], [4, 2]);
});

test('one who leaves says nothing of the agent', async () => {
  const gone = new AbortController();
  gone.abort(failure);
  const { known, read, failures } = setUp([failure, ['a']]);
  await assert.rejects(known.read(gone.signal), failure);
  assert.deepEqual([await read(), failures], [['a'], []]);
});
