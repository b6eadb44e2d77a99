import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AgentModel } from '../../../src/agent/agent-client.ts';
import { KnownModels } from '../../../src/agent/routing/known-models.ts';
import { ApiError } from '../../../src/errors/api-error.ts';

const { signal } = new AbortController();
const toModel = (id: string): AgentModel => ({ id, created: 0, ownedBy: 'test' });
const failure = new ApiError('upstream_error', 'It is down.');

/** Creates an agent that returns each answer in turn, then repeats the last. */
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

test('a healthy agent is queried each time: it has its own cache', async () => {
  const { read, failures, asked } = setUp([['a'], ['b']]);
  assert.deepEqual([await read(), await read()], [['a'], ['b']]);
  assert.deepEqual([asked(), failures], [2, []]);
});

test('an agent that was never reachable reports its error, and is not queried again for a while', async () => {
  const { read, failures, asked } = setUp([failure]);
  for (let i = 0; i < 5; i += 1) await assert.rejects(read(), failure);
  assert.deepEqual([asked(), failures], [1, [failure]]);
});

test('an agent that fails later keeps its last known models', async () => {
  const { read, failures, asked } = setUp([['a'], failure]);
  assert.deepEqual([await read(), await read(), await read()], [['a'], ['a'], ['a']]);
  assert.deepEqual([asked(), failures], [2, [failure]]);
});

test('an agent is queried again after the interval', async () => {
  const { read, failures, asked } = setUp([failure, ['a'], failure, ['b']], 0);
  await assert.rejects(read(), failure);
  assert.deepEqual([await read(), await read(), await read()], [['a'], ['a'], ['b']]);
  assert.deepEqual([asked(), failures.length], [4, 2]);
});

test('a caller that aborts does not mark the agent as failed', async () => {
  const gone = new AbortController();
  gone.abort(failure);
  const { known, read, failures } = setUp([failure, ['a']]);
  await assert.rejects(known.read(gone.signal), failure);
  assert.deepEqual([await read(), failures], [['a'], []]);
});
