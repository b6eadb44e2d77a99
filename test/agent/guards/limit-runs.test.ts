import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { limitRuns } from '../../../src/agent/guards/limit-runs.ts';
import { startTalaria } from '../../helpers/talaria.ts';
import { startUpstream } from '../../helpers/upstream.ts';
import { waitUntil } from '../../helpers/wait-until.ts';
import { never, readAll, readUntilError, startAgent, toRequest, toText } from '../upstream/upstream-harness.ts';

async function startBounded({
  maxRuns,
  timeoutMs,
  queued = 10,
}: {
  maxRuns?: number;
  timeoutMs?: number;
  queued?: number;
}) {
  const harness = await startAgent();
  const agent = limitRuns(harness.agent, { maxRuns, timeoutMs, queued });
  const sent = () => harness.upstream.requests.map(({ body }) => body.messages[0].content);
  // Streamed: a run holds its slot while its answer is read.
  const run = (text: string, signal = never) => agent.run(toRequest(text, { watched: true }), { signal });
  return { agent, run, sent, [Symbol.asyncDispose]: () => harness[Symbol.asyncDispose]() };
}

suite('the runs of an agent at once', () => {
  test('are at most max_runs, the others follow in order', async () => {
    await using bounded = await startBounded({ maxRuns: 2 });
    const holders = [new AbortController(), new AbortController()];
    for (const holder of holders) await bounded.run('hang after 1', holder.signal);
    const ended: string[] = [];
    const waiting = ['one', 'two', 'three'].map(async (text) => {
      await readAll(await bounded.run(text));
      ended.push(text);
    });
    assert.deepEqual(bounded.sent(), ['hang after 1', 'hang after 1']);
    holders[0]?.abort();
    await Promise.all(waiting);
    assert.deepEqual(ended, ['one', 'two', 'three']);
    holders[1]?.abort();
  });

  test('leave the queue when their client does, and are never sent', async () => {
    await using bounded = await startBounded({ maxRuns: 1 });
    const holder = new AbortController();
    await bounded.run('hang after 1', holder.signal);
    const leaving = new AbortController();
    const left = bounded.run('left', leaving.signal);
    const last = bounded.run('last');
    leaving.abort();
    await assert.rejects(left, { code: 'request_cancelled' });
    holder.abort();
    assert.match(toText(await readAll(await last)), /last/);
    assert.deepEqual(bounded.sent(), ['hang after 1', 'last']);
  });

  for (const [name, text] of [
    ['refused', 'status 400'],
    ['broken', 'break after 1'],
    ['complete', 'say hi'],
  ] as const) {
    test(`free their slot when an answer is ${name}`, async () => {
      await using bounded = await startBounded({ maxRuns: 1, queued: 0 });
      for (let round = 0; round < 3; round++) {
        await bounded
          .run(text)
          .then(readAll)
          .catch(() => undefined);
      }
      assert.equal(bounded.sent().length, 3);
    });
  }

  test('free their slot when an answer is no longer read, or never was', async () => {
    await using bounded = await startBounded({ maxRuns: 1, queued: 0 });
    for await (const _ of await bounded.run('slow 5x5ms')) break;
    const holder = new AbortController();
    await bounded.run('hang after 1', holder.signal);
    holder.abort();
    assert.match(toText(await readAll(await bounded.run('next'))), /next/);
  });

  test('are refused when too many wait, with a time to retry after', async () => {
    await using bounded = await startBounded({ maxRuns: 1, queued: 1 });
    const holder = new AbortController();
    await bounded.run('hang after 1', holder.signal);
    const waiting = bounded.run('waits');
    await assert.rejects(bounded.run('too many'), (error: { code: string; message: string; retryAfter: number }) => {
      assert.deepEqual(
        [error.code, error.message],
        ['rate_limit_exceeded', 'The agent has too many requests running at once. Please try again later.'],
      );
      return error.retryAfter >= 1;
    });
    holder.abort();
    await readAll(await waiting);
  });

  test('do not keep its models waiting', async () => {
    await using bounded = await startBounded({ maxRuns: 1 });
    const holder = new AbortController();
    await bounded.run('hang after 1', holder.signal);
    assert.equal((await bounded.agent.models({ signal: never })).length, 2);
    holder.abort();
  });
});

suite('the time of a run of an agent', () => {
  test('ends an answer with run_timeout, after its events', async () => {
    await using bounded = await startBounded({ timeoutMs: 150 });
    const { error } = await readUntilError(await bounded.run('hang after 2'));
    assert.deepEqual([error.code, error.status], ['run_timeout', 504]);
    await assert.rejects(bounded.run('hang'), { code: 'run_timeout' });
  });

  test('does not count the wait for a slot', async () => {
    await using bounded = await startBounded({ maxRuns: 1, timeoutMs: 2000 });
    const holder = new AbortController();
    await bounded.run('hang after 1', holder.signal);
    const waiting = bounded.run('hello');
    setTimeout(() => holder.abort(), 50);
    assert.match(toText(await readAll(await waiting)), /hello/);
  });
});

suite('a server whose agent has max_runs and a time-out for its first byte', () => {
  test('does not blame the agent for the wait', async () => {
    await using upstream = await startUpstream();
    const settings = { AGENT_URL: upstream.url, AGENT_MAX_RUNS: '1', AGENT_FIRST_BYTE_TIMEOUT: '400ms' };
    await using server = await startTalaria(settings);
    const ask = (content: string, signal?: AbortSignal) =>
      server.openai.chat.completions.create({ model: 'm', messages: [{ role: 'user', content }] }, { signal });
    const first = ask('slow 12x50ms');
    await waitUntil(() => upstream.requests.length === 1, 'the first run');
    const others = Promise.all([ask('say second'), ask('say third')]);
    assert.match((await first).choices[0]?.message.content ?? '', /token12/);
    assert.deepEqual(
      (await others).map(({ choices }) => choices[0]?.message.content),
      ['second', 'third'],
    );
  });
});
