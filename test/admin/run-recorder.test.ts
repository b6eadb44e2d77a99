import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RunRecorder } from '../../src/admin/record/run-recorder.ts';
import { limits } from '../../src/config/limits.ts';
import { ApiError } from '../../src/errors/api-error.ts';
import { createResponseId } from '../../src/ids.ts';
import type { RunFacts } from '../../src/runs/run-watch.ts';
import type { LoadCounters } from '../../src/store/load-store.ts';
import { createMemoryStore } from '../../src/store/memory/memory-store.ts';
import { breakable } from '../helpers/breakable.ts';

/** Creates a recorder that flushes on request, on a store whose parts can be made to fail. */
function setUp() {
  const real = createMemoryStore();
  const [records, load] = [breakable(real.runRecords), breakable(real.load)];
  const errors: unknown[] = [];
  const log = { warn() {}, error: (fields: unknown) => errors.push(fields) };
  const store = { runRecords: records.part, load: load.part };
  const recorder = new RunRecorder({ store, server: 'srv_a', log });
  const stopped: ApiError[] = [];
  const begin = (facts: Partial<RunFacts> = {}) => {
    const run = facts.run ?? createResponseId();
    const watch = recorder.watchRun({ facts: { run, tenant: 't', ...facts }, stop: (error) => stopped.push(error) });
    watch.began?.();
    return { run, watch };
  };
  const end = (facts: Partial<RunFacts> = {}, outcome: 'completed' | 'failed' = 'completed') =>
    begin(facts).watch.ended({ outcome, inputTokens: 1, outputTokens: 2 }, {});
  const read = async () => {
    const { buckets } = await real.load.read({ from: 0, to: Date.now() / 1000 + 60, seconds: 60 });
    const sum = (field: Exclude<keyof LoadCounters, 'firstOutput'>) =>
      buckets.reduce((total, bucket) => total + bucket[field], 0);
    return { requests: sum('requests'), unrecorded: sum('unrecorded'), inputTokens: sum('inputTokens') };
  };
  const count = async () => {
    const page = await real.runRecords.list({ limit: 10_000, now: 0 });
    return page === 'unknown-after' ? assert.fail() : page.data.length;
  };
  return { recorder, real, records, load, errors, stopped, begin, end, read, count };
}

test('drops records of plain successful runs when many end at once, and counts them', async () => {
  const { recorder, end, read, count } = setUp();
  const most = limits.plainRunRecordsPerFlush;
  for (let index = 0; index < most + 50; index++) end();
  for (let index = 0; index < 5; index++) end({ background: true });
  for (let index = 0; index < 5; index++) end({}, 'failed');
  await recorder.flush();
  assert.equal(await count(), most + 10);
  await recorder.flush();
  assert.deepEqual(await read(), { requests: most + 60, unrecorded: 50, inputTokens: most + 60 });
});

test('retries with the newest state when the store fails, counts nothing twice, and logs it once', async () => {
  const { recorder, real, records, load, errors, begin, end, read } = setUp();
  const { run, watch } = begin({ model: 'm' });
  end();
  records.broken.add('put');
  load.unanswered.add('add');
  for (let time = 0; time < 3; time++) await recorder.flush();
  assert.equal(errors.length, 1);
  assert.equal(await real.runRecords.get(run, 0), undefined);
  watch
    .toolCalled?.({ server: 's', tool: 't', callId: 'c', isOfRequest: false, args: {} })
    ?.ended({ error: new Error('/etc/secret'), isToolError: true });
  end();
  records.broken.clear();
  load.unanswered.clear();
  await recorder.flush();
  await recorder.flush();
  const record = await real.runRecords.get(run, 0);
  assert.deepEqual([record?.state, record?.toolCalls, record?.calls[0]?.isToolError], ['running', 1, true]);
  assert.doesNotMatch(record?.calls[0]?.error ?? '/etc', /etc/);
  assert.equal((await read()).requests, 2);
  await recorder[Symbol.asyncDispose]();
  assert.equal((await real.runRecords.get(run, 0))?.state, 'running');
});

test('stops live runs on request, and bounds the calls and the series', async () => {
  const { recorder, real, stopped, begin, end } = setUp();
  const { run, watch } = begin();
  for (let index = 0; index <= limits.runRecordCalls; index++)
    watch.modelCalled?.({ agent: 'a', model: 'm', session: 's', input: () => [] })?.ended({});
  await recorder.flush();
  await real.runRecords.requestStop(run);
  assert.equal(recorder.stop('resp_0'), false);
  await recorder.flush();
  assert.deepEqual(
    stopped.map(({ code }) => code),
    ['run_stopped'],
  );
  watch.ended({ outcome: 'failed', error: new ApiError('run_stopped', 'x'.repeat(4000)) }, { agent: 'a' });
  for (let index = 0; index < limits.loadSeries + 10; index++) end({ model: `model ${index}`, tenant: `${index}` });
  assert.equal((await real.runRecords.get(run, 0))?.state, 'running');
  await recorder.refresh('resp_0');
  assert.equal((await real.runRecords.get(run, 0))?.state, 'running', 'of another run');
  await recorder.refresh(run);
  const record = await real.runRecords.get(run, 0);
  assert.deepEqual([record?.modelCalls, record?.calls.length], [limits.runRecordCalls + 1, limits.runRecordCalls]);
  assert.equal(record?.errorMessage?.length, limits.runRecordMessageCharacters);
  const { buckets } = await real.load.read({ from: 0, to: Date.now() / 1000 + 60, seconds: 86_400 });
  assert.deepEqual(
    buckets.map(({ agent, requests }) => [agent, requests]),
    [
      ['', limits.loadSeries - 1],
      ['a', 1],
      ['other', 11],
    ],
  );
});

test('records the end of a run whose earlier state is being written, however many end at once', async () => {
  const { recorder, real, begin, end } = setUp();
  const { run, watch } = begin();
  const flushed = recorder.flush();
  for (let index = 0; index < limits.plainRunRecordsPerFlush; index++) end();
  watch.ended({ outcome: 'completed' }, {});
  await flushed;
  await recorder.flush();
  assert.equal((await real.runRecords.get(run, 0))?.state, 'completed');
});

test('bounds the series of a tenant that is named like the row of the others', async () => {
  const { recorder, real, end } = setUp();
  for (let index = 0; index < limits.loadSeries + 10; index++) end({ model: `model ${index}`, tenant: 'other' });
  const rows: { model: string; requests: number }[] = [];
  const { load } = real;
  const add = load.add.bind(load);
  load.add = (flush) => {
    rows.push(...flush.rows);
    return add(flush);
  };
  await recorder.flush();
  assert.equal(rows.length, limits.loadSeries + 1);
  assert.equal(rows.find(({ model }) => model === 'other')?.requests, 10);
});
