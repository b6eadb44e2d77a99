import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RunRecord, RunRecordQuery } from '../../src/store/run-record-store.ts';
import type { Store } from '../../src/store/store.ts';
import { post } from '../helpers/talaria.ts';
import { waitUntil } from '../helpers/wait-until.ts';
import { model, textsOf, toEvents } from '../responses/resumable-server.ts';
import { writeToolConfig } from '../responses/tools/tool-config.ts';
import { createOperator } from './operator.ts';
import { now, startShared } from './shared-store.ts';

async function list({ runRecords }: Store, query: Partial<RunRecordQuery> = {}) {
  const page = await runRecords.list({ limit: 100, now: now(), ...query });
  assert.ok(page !== 'unknown-after');
  return page.data;
}

/** Waits until the record of a run satisfies a condition. */
async function waitFor({ runRecords }: Store, id: string, isSo: (record: RunRecord) => boolean): Promise<RunRecord> {
  let found: RunRecord | undefined;
  await waitUntil(async () => {
    found = await runRecords.get(id, now());
    return found !== undefined && isSo(found);
  }, `the record of ${id}`);
  return found ?? assert.fail();
}

const isEnded = ({ endedAt }: RunRecord): boolean => endedAt !== undefined;

/** Waits until so many runs are in a state, and returns the id of the newest. */
async function waitForLive(store: Store, state: 'queued' | 'running', count: number): Promise<string> {
  await waitUntil(async () => (await list(store, { states: [state] })).length === count, `a ${state} run`);
  return (await list(store, { states: [state] }))[0]?.id ?? assert.fail();
}

test('runs of each kind are recorded with their calls, and counted exactly', async () => {
  using config = writeToolConfig();
  await using setup = await startShared({ TALARIA_CONFIG: config.path });
  const { server, store } = setup;
  const { openai } = server;
  const messages = [{ role: 'user' as const, content: 'say one two' }];
  for await (const _ of await openai.chat.completions.create({ model, messages, stream: true }));
  const tools = [{ type: 'mcp' as const, server_label: 'files', require_approval: 'never' as const }];
  const called = await openai.responses.create({ model, tools, input: 'tool files__echo {"text":"hi"}' });
  assert.equal(called.output_text, 'The tool said: hi');
  await assert.rejects(openai.responses.create({ model, input: 'status 400' }), { status: 400 });
  const abort = new AbortController();
  const left = await openai.responses.create(
    { model, input: 'say a\nhang after 1', stream: true },
    { signal: abort.signal },
  );
  let leftId = '';
  await (async () => {
    for await (const event of left) {
      if (event.type === 'response.created') leftId = event.response.id;
      if (event.type === 'response.output_text.delta') abort.abort();
    }
  })().catch(() => {});

  const cancelled = await waitFor(store, leftId, isEnded);
  assert.deepEqual([cancelled.state, cancelled.errorCode], ['cancelled', 'request_cancelled']);
  const withTool = await waitFor(store, called.id, isEnded);
  assert.deepEqual(
    withTool.calls.map(({ kind, name, server: label, endedAt, error }) => [
      kind,
      name,
      label,
      endedAt !== undefined,
      error,
    ]),
    [
      ['model', model, undefined, true, undefined],
      ['tool', 'echo', 'files', true, undefined],
      ['model', model, undefined, true, undefined],
    ],
  );
  assert.deepEqual([withTool.state, withTool.modelCalls, withTool.toolCalls], ['completed', 2, 1]);
  assert.equal(withTool.inputTokens, called.usage?.input_tokens);
  const [failed] = await list(store, { states: ['failed'] });
  assert.ok(failed?.errorMessage);
  assert.deepEqual([failed.model, failed.modelCalls, failed.attempt], [model, 1, 1]);
  const [chat, ...others] = await list(store, { kind: 'chat.completion' });
  assert.ok(chat && others.length === 0);
  const { createdAt, begunAt = 0, firstOutputAt = 0, endedAt = 0 } = chat;
  assert.ok(createdAt <= begunAt && begunAt <= firstOutputAt && firstOutputAt <= endedAt);
  assert.deepEqual([chat.state, chat.tenant, chat.outputTokens], ['completed', 'default', 2]);
  const { buckets, peaks } = await store.load.read({ from: now() - 600, to: now() + 60, seconds: 3600 });
  const sum = (of: (bucket: (typeof buckets)[number]) => number) =>
    buckets.reduce((total, bucket) => total + of(bucket), 0);
  assert.deepEqual(
    [sum((row) => row.requests), sum((row) => row.errors), sum((row) => row.cancelled), sum((row) => row.toolCalls)],
    [4, 1, 1, 1],
  );
  assert.equal(
    sum(({ firstOutput }) => firstOutput.reduce((one, other) => one + other)),
    3,
  );
  assert.ok((peaks[0]?.running ?? 0) >= 1);
});

test('an operator stops runs through another server, also one that waits for its slot', async () => {
  await using setup = await startShared({ MAX_RUNS: '2' });
  const { server, store } = setup;
  const input = 'say a b\nhang after 2';
  const response = await post(`${server.url}/v1/responses`, { model, input, stream: true });
  const responseId = await waitForLive(store, 'running', 1);
  const chat = { model, messages: [{ role: 'user', content: input }], stream: true };
  const completion = await post(`${server.url}/v1/chat/completions`, chat);
  const chatId = await waitForLive(store, 'running', 2);
  const { id: queuedId } = await server.openai.responses.create({ model, input, background: true });
  const plain = server.openai.responses.create({ model, input });
  await waitForLive(store, 'queued', 2);
  assert.equal(
    await createOperator(server.url).refusal('POST', `/runs/${queuedId}/steer`, { input: 'Hi' }),
    '409 previous_response_in_progress',
  );
  for (const { id } of await list(store, { states: ['queued'] })) {
    assert.equal(await store.runRecords.requestStop(id), true);
  }
  await assert.rejects(plain, { status: 403, code: 'run_stopped' });
  assert.equal((await waitFor(store, queuedId, isEnded)).errorCode, 'run_stopped');
  assert.equal((await server.openai.responses.retrieve(queuedId)).error?.code as string, 'run_stopped');
  for (const id of [responseId, chatId]) assert.equal(await store.runRecords.requestStop(id), true);
  const last = toEvents(await textsOf(response)).at(-1);
  assert.equal(last?.type, 'response.failed');
  assert.match(await completion.text(), /"code":"run_stopped"/);
  for (const id of [responseId, chatId]) {
    const { state, errorCode } = await waitFor(store, id, isEnded);
    assert.deepEqual([state, errorCode], ['failed', 'run_stopped']);
  }
});

test('a run that another server resumes keeps its record', async () => {
  await using setup = await startShared();
  const { server, store } = setup;
  const input = 'say a b\nhang after 2';
  const { id } = await server.openai.responses.create({ model, input, background: true });
  const first = await waitFor(store, id, ({ firstOutputAt }) => firstOutputAt !== undefined);
  await server.stop();
  await server.start();
  const second = await waitFor(
    store,
    id,
    ({ server: other, modelCalls }) => other !== first.server && modelCalls === 2,
  );
  assert.deepEqual(
    [second.state, second.attempt, second.isBackground],
    ['running', 1, true],
    'an orderly stop does not count as an attempt',
  );
  assert.deepEqual([second.createdAt, second.firstOutputAt], [first.createdAt, first.firstOutputAt]);
  assert.equal(second.calls.length, 2);
  await server.openai.responses.cancel(id);
  assert.equal((await waitFor(store, id, isEnded)).state, 'cancelled');
});
