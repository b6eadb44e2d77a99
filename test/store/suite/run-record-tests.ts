import assert from 'node:assert/strict';
import { it } from 'node:test';
import { createChatCompletionId, createResponseId } from '../../../src/ids.ts';
import type { FoundResult } from '../../../src/store/found-page.ts';
import type { RunCall, RunRecord, RunRecordQuery } from '../../../src/store/run-record-store.ts';
import type { Store } from '../../../src/store/store.ts';
import { createStoredResponse, tenant } from '../stored-response.ts';
import { type OpenStore, openHandles } from './open-store.ts';

const now = 1_700_000_000;
const nowMs = now * 1000;

const createRecord = (fields: Partial<RunRecord> = {}): RunRecord => ({
  id: createResponseId(),
  tenant,
  server: 'srv_a',
  state: 'queued',
  createdAt: nowMs,
  isBackground: false,
  isDetached: false,
  isCompaction: false,
  attempt: 1,
  modelCalls: 0,
  toolCalls: 0,
  calls: [],
  ...fields,
});

const modelCall = (fields: Partial<RunCall> = {}): RunCall => ({ kind: 'model', startedAt: nowMs + 1, ...fields });

const all = { limit: 100, now };

async function list({ runRecords }: Store, query: Partial<RunRecordQuery> = {}) {
  const page = await runRecords.list({ ...all, ...query });
  return toPage(page);
}

function toPage<Entry>(page: FoundResult<Entry>) {
  assert.ok(page !== 'unknown-after');
  return page;
}

const listIds = async (store: Store, query: Partial<RunRecordQuery> = {}) =>
  (await list(store, query)).data.map(({ id }) => id);

/** Returns a record as it is read: without fields that are undefined. */
const toRead = (record: object | undefined): unknown => record && JSON.parse(JSON.stringify(record));

export function runRecordTests(open: OpenStore): void {
  it('are replaced while their run is executed, and read exactly', async () => {
    await using opened = await open();
    const [one, two] = await openHandles(opened);
    const record = createRecord({ model: 'naïve \0\ud800', requestId: 'req_1', isBackground: true });
    await one.runRecords.put([record, createRecord({ tenant: 'tenant-b' })]);
    assert.deepEqual(toRead(await two.runRecords.get(record.id, now)), toRead({ ...record, pendingApprovals: 0 }));
    const call = modelCall({ name: 'm', agent: 'a', answeredAt: nowMs + 2, endedAt: nowMs + 3, error: 'x \0 "y"' });
    const tool: RunCall = { kind: 'tool', name: 't', server: 's', startedAt: nowMs + 4, isToolError: true };
    const ended: RunRecord = {
      ...{ ...record, state: 'failed', begunAt: nowMs + 1, firstOutputAt: nowMs + 2, endedAt: nowMs + 9 },
      ...{ agent: 'an agent', modelCalls: 7, toolCalls: 1, inputTokens: 2 ** 40, outputTokens: 0 },
      ...{ errorCode: 'upstream_error', errorMessage: 'Refused: \0 "no"', reason: 'r', isDetached: true },
      calls: [call, tool],
    };
    await two.runRecords.put([ended]);
    assert.deepEqual(toRead(await one.runRecords.get(record.id, now)), toRead({ ...ended, pendingApprovals: 0 }));
    const { calls, ...summary } = ended;
    assert.deepEqual(toRead((await list(one, { tenant })).data), [toRead({ ...summary, pendingApprovals: 0 })]);
    assert.equal(await one.runRecords.get('resp_0', now), undefined);
  });

  it('keep the calls of earlier executions, and ignore late writes of them', async () => {
    await using opened = await open();
    const [one, two] = await openHandles(opened);
    const first = createRecord({
      ...{ state: 'running', begunAt: nowMs + 1, model: 'm', requestId: 'req_1', modelCalls: 3, isBackground: true },
      calls: [modelCall({ name: 'first' })],
    });
    await one.runRecords.put([first]);
    const second = { ...first, server: 'srv_b', createdAt: nowMs + 500, attempt: 2, modelCalls: 1, toolCalls: 1 };
    const { requestId, ...resumed } = { ...second, begunAt: nowMs + 501, calls: [modelCall({ name: 'second' })] };
    await two.runRecords.put([resumed]);
    await one.runRecords.put([{ ...first, state: 'failed', endedAt: nowMs + 600 }]);
    const third = { ...resumed, isBackground: false, server: 'srv_b', createdAt: nowMs + 900, modelCalls: 0 };
    for (let time = 0; time < 2; time++) {
      await two.runRecords.put([{ ...third, state: 'completed', endedAt: nowMs + 999, calls: [] }]);
    }
    const read = await one.runRecords.get(first.id, now);
    assert.deepEqual(
      read?.calls.map(({ name }) => name),
      ['first', 'second'],
    );
    assert.deepEqual(
      [read?.server, read?.createdAt, read?.begunAt, read?.endedAt, read?.modelCalls, read?.toolCalls, read?.requestId],
      ['srv_b', nowMs, nowMs + 1, nowMs + 999, 4, 2, 'req_1'],
    );
    assert.equal(read?.isBackground, true);
  });

  it('lose none of concurrent puts', async () => {
    await using opened = await open();
    const handles = await openHandles(opened);
    const records = Array.from({ length: 60 }, (_, index) => createRecord({ createdAt: nowMs + index }));
    await Promise.all(
      Array.from({ length: 12 }, (_, index) => {
        const part = records.slice(index * 5).map((record) => ({ ...record, modelCalls: 1 }));
        return handles[index % 2]?.runRecords.put(index % 3 === 0 ? part : part.toReversed());
      }),
    );
    const { data } = await list(opened.store);
    assert.deepEqual(
      data.map(({ id }) => id),
      records.map(({ id }) => id).reverse(),
    );
    assert.ok(data.every(({ modelCalls }) => modelCalls === 1));
  });

  it('are listed newest first, in pages that removals do not disturb', async () => {
    await using opened = await open();
    const { store } = opened;
    // Runs of the same millisecond are in the order of their ids.
    const records = Array.from({ length: 5 }, createResponseId)
      .sort()
      .map((id, index) =>
        createRecord({ id, createdAt: nowMs - (index === 4 ? 0 : 1), state: 'failed', endedAt: nowMs }),
      );
    await store.runRecords.put(records);
    const expected = [4, 3, 2, 1, 0].map((index) => records[index]?.id);
    const first = await list(store, { limit: 2 });
    assert.deepEqual(
      first.data.map(({ id }) => id),
      expected.slice(0, 2),
    );
    const second = await list(store, { limit: 2, after: first.next });
    assert.deepEqual(
      second.data.map(({ id }) => id),
      expected.slice(2, 4),
    );
    await store.reap({ now: 0, logsBefore: 0, recordsBefore: now, limit: 1 });
    assert.deepEqual(await listIds(store), expected.slice(0, 1));
    assert.deepEqual(await list(store, { limit: 2, after: second.next }), { data: [] });
    assert.equal(await store.runRecords.list({ ...all, after: 'resp_1' }), 'unknown-after');
  });

  it('are selected by their fields', async () => {
    await using opened = await open();
    const { store } = opened;
    const [a, b, c, d] = [
      createRecord({ state: 'running', agent: 'one' }),
      createRecord({ state: 'completed', endedAt: nowMs, model: 'naïve \0', createdAt: nowMs + 1 }),
      createRecord({ id: createChatCompletionId(), state: 'failed', endedAt: nowMs, createdAt: nowMs + 2 }),
      createRecord({ tenant: 'tenant-b', createdAt: nowMs + 3 }),
    ];
    await store.runRecords.put([a, b, c, d]);
    const cases: [Partial<RunRecordQuery>, RunRecord[]][] = [
      [{}, [d, c, b, a]],
      [{ states: ['queued', 'running'] }, [d, a]],
      [{ states: ['running'], agent: 'one' }, [a]],
      [{ states: ['failed', 'queued'] }, [d, c]],
      [{ tenant }, [c, b, a]],
      [{ agent: 'two' }, []],
      [{ model: 'naïve \0' }, [b]],
      [{ kind: 'chat.completion' }, [c]],
      [{ kind: 'response', tenant }, [b, a]],
      [{ idPrefix: d.id.slice(0, -1) }, [d, b, a].filter(({ id }) => id.startsWith(d.id.slice(0, -1)))],
      [{ idPrefix: b.id }, [b]],
      [{ idPrefix: b.id, kind: 'chat.completion' }, []],
      [{ idPrefix: '%' }, []],
    ];
    for (const [query, expected] of cases) {
      assert.deepEqual(
        await listIds(store, query),
        expected.map(({ id }) => id),
        JSON.stringify(query),
      );
    }
  });

  it('count the pending approvals of their run, and outlive its response', async () => {
    await using opened = await open();
    const { store } = opened;
    const response = createStoredResponse();
    const record = createRecord({ id: response.id, state: 'completed', endedAt: nowMs });
    await store.responses.put(response);
    await store.runRecords.put([record, createRecord()]);
    const approval = { tenant, runId: response.id, hash: 'h', createdAt: now, expiresAt: now + 60 };
    for (const id of ['mcpr_1', 'mcpr_2', 'mcpr_3']) await store.approvals.ask({ ...approval, id });
    await store.approvals.ask({ ...approval, id: 'mcpr_4', tenant: 'tenant-b' });
    await store.approvals.ask({ ...approval, id: 'mcpr_5', expiresAt: now });
    await store.approvals.answer(tenant, 'mcpr_3', { approve: true, runId: createResponseId(), now });
    assert.equal((await store.runRecords.get(record.id, now))?.pendingApprovals, 2);
    assert.equal((await store.runRecords.get(record.id, now + 60))?.pendingApprovals, 0);
    const awaiting = await list(store, { awaiting: true });
    assert.deepEqual(
      awaiting.data.map(({ id, pendingApprovals }) => [id, pendingApprovals]),
      [[record.id, 2]],
    );
    assert.deepEqual(await listIds(store, { awaiting: true, states: ['queued'] }), []);
    assert.deepEqual(await listIds(store, { awaiting: true, now: now + 60 }), []);
    await store.responses.delete(tenant, response.id);
    assert.equal((await store.runRecords.get(record.id, now))?.pendingApprovals, 0);
  });

  it('pass on requests to stop, until the run ends', async () => {
    await using opened = await open();
    const [one, two] = await openHandles(opened);
    const record = createRecord({ state: 'running' });
    await one.runRecords.put([record, createRecord()]);
    assert.equal(await two.runRecords.requestStop('resp_0'), false);
    assert.equal(await two.runRecords.requestStop(record.id), true);
    assert.deepEqual(await one.runRecords.stopRequests('srv_b'), []);
    await one.runRecords.put([{ ...record, modelCalls: 1 }]);
    assert.deepEqual(await one.runRecords.stopRequests('srv_a'), [record.id]);
    await one.runRecords.put([{ ...record, server: 'srv_b', createdAt: nowMs + 1 }]);
    assert.deepEqual(await one.runRecords.stopRequests('srv_b'), [record.id], 'another server executes it');
    await one.runRecords.put([{ ...record, server: 'srv_b', createdAt: nowMs + 1, state: 'failed', endedAt: nowMs }]);
    assert.deepEqual(await one.runRecords.stopRequests('srv_b'), []);
    assert.equal(await two.runRecords.requestStop(record.id), false);
  });

  it('of a dead server fail, until another resumes their run', async () => {
    await using opened = await open();
    const { store } = opened;
    await store.leases.renew('srv_alive', 60_000);
    const lost = createRecord({ state: 'running', server: 'srv_dead' });
    const ended = createRecord({ state: 'completed', endedAt: nowMs, server: 'srv_dead' });
    const live = createRecord({ state: 'running', server: 'srv_alive', createdAt: nowMs + 1 });
    await store.runRecords.put([lost, ended, live]);
    assert.equal(await store.runRecords.settleLost(nowMs + 5), 1);
    assert.equal(await store.runRecords.settleLost(nowMs + 6), 0);
    const read = await store.runRecords.get(lost.id, now);
    assert.deepEqual([read?.state, read?.endedAt, read?.errorCode], ['failed', nowMs + 5, 'server_stopped']);
    assert.deepEqual(await listIds(store, { states: ['completed', 'running'] }), [live.id, ended.id]);
    await store.runRecords.put([{ ...lost, server: 'srv_alive', createdAt: nowMs + 9, attempt: 2 }]);
    const resumed = await store.runRecords.get(lost.id, now);
    assert.deepEqual([resumed?.state, resumed?.endedAt, resumed?.errorCode], ['running', undefined, undefined]);
    assert.equal(await store.runRecords.settleLost(nowMs + 10), 0);
  });
}
