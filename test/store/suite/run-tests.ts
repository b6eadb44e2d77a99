import assert from 'node:assert/strict';
import { it } from 'node:test';
import { createChatCompletionId, createResponseId } from '../../../src/ids.ts';
import { keepConversation } from '../stored-conversation.ts';
import { createStoredResponse, tenant } from '../stored-response.ts';
import { beginResponse, beginRun, createRun, owner, readLog } from '../stored-run.ts';
import { type OpenStore, openHandles } from './open-store.ts';

export function runTests(open: OpenStore): void {
  it('begins with its response and its first events, and ends with the last of both', async () => {
    await using opened = await open();
    const { runs, responses } = opened.store;
    const { response, run } = await beginResponse(opened.store);
    assert.deepEqual(await responses.get(tenant, response.id), response);
    assert.deepEqual(await readLog(opened.store, run.id), { events: ['"first"'], state: 'running' });
    assert.equal(await runs.append(run, ['"second"', '"third"']), true);
    const ended = createStoredResponse({ id: response.id, resource: { status: 'completed' } });
    assert.equal(await runs.end(run, ['"last"'], ended), true);
    assert.deepEqual(await responses.get(tenant, response.id), ended);
    const events = ['"first"', '"second"', '"third"', '"last"'];
    assert.deepEqual(await readLog(opened.store, run.id), { events, state: 'ended' });
    assert.equal(await responses.count(), 1);
    assert.equal(await opened.kept(), 1);
  });

  it('leaves its response as it is when it ends without one', async () => {
    await using opened = await open();
    const { response, run } = await beginResponse(opened.store);
    assert.equal(await opened.store.runs.end(run, []), true);
    assert.deepEqual(await opened.store.responses.get(tenant, response.id), response);
  });

  it('can be without a response', async () => {
    await using opened = await open();
    const run = await beginRun(opened.store, { id: createChatCompletionId(), request: undefined, events: ['{}'] });
    assert.deepEqual(await readLog(opened.store, run.id), { events: ['{}'], state: 'running' });
    assert.equal(await opened.store.runs.end(run, ['[]']), true);
    assert.deepEqual(await readLog(opened.store, run.id), { events: ['{}', '[]'], state: 'ended' });
    assert.equal(await opened.store.responses.count(), 0);
  });

  it('can put its response only when it ends', async () => {
    await using opened = await open();
    const response = createStoredResponse();
    const run = await beginRun(opened.store, { id: response.id });
    assert.equal(await opened.store.runs.end(run, [], response), true);
    assert.deepEqual(await opened.store.responses.get(tenant, response.id), response);
    assert.equal(await opened.store.responses.delete(tenant, response.id), true);
    assert.equal(await readLog(opened.store, run.id), undefined);
  });

  it('does not begin twice, and the second attempt changes nothing', async () => {
    await using opened = await open();
    const { response, run } = await beginResponse(opened.store);
    const again = { ...createRun({ id: run.id }), events: ['"again"'], owner: 'server-b' };
    await assert.rejects(opened.store.runs.begin(again, { ...response, sessionId: 'sess_2' }));
    assert.deepEqual(await readLog(opened.store, run.id), { events: run.events, state: 'running' });
    assert.deepEqual(await opened.store.responses.get(tenant, response.id), response);
    assert.equal(await opened.store.runs.append(run, []), true, 'it is still the first one’s');
  });

  it('does not begin, end or change anything with a response that cannot be written as JSON', async () => {
    await using opened = await open();
    const bad = createStoredResponse({ resource: { big: 1n } });
    await assert.rejects(opened.store.runs.begin(createRun({ id: bad.id }), bad), TypeError);
    assert.equal(await readLog(opened.store, bad.id), undefined);
    const { response, run } = await beginResponse(opened.store);
    await assert.rejects(opened.store.runs.end(run, ['"last"'], { ...bad, id: response.id }), TypeError);
    assert.deepEqual(await readLog(opened.store, run.id), { events: run.events, state: 'running' });
    assert.equal(await opened.kept(), 1);
  });

  it('keeps the order of appends that wait for nothing, and its end after them', async () => {
    await using opened = await open();
    const runs = await Promise.all(Array.from({ length: 3 }, () => beginRun(opened.store)));
    const expected = Array.from({ length: 50 }, (_, index) => `${index}`);
    const written: Promise<boolean>[] = [];
    for (const event of expected) for (const run of runs) written.push(opened.store.runs.append(run, [event]));
    for (const run of runs) written.push(opened.store.runs.end(run, ['"end"']));
    assert.ok((await Promise.all(written)).every((done) => done));
    for (const { id } of runs) {
      assert.deepEqual(await readLog(opened.store, id), { events: [...expected, '"end"'], state: 'ended' });
    }
  });

  it('says the turn in its conversation once, when it ends', async () => {
    await using opened = await open();
    const { id } = await keepConversation(opened.store);
    const { response, run } = await beginResponse(opened.store);
    assert.deepEqual((await opened.store.conversations.history(tenant, id))?.items, []);
    const ended = createStoredResponse({ id: response.id, conversationId: id });
    await opened.store.runs.end(run, [], ended);
    await opened.store.responses.put(ended);
    const said = [...ended.input, ...ended.output];
    assert.deepEqual((await opened.store.conversations.history(tenant, id))?.items, said);
    assert.deepEqual(await opened.store.responses.get(tenant, ended.id), ended);
  });
}

/** Who may write a run, and what becomes of one whose response goes. */
export function fenceTests(open: OpenStore): void {
  it('lets nobody write but the owner of a running run', async () => {
    await using opened = await open();
    const { runs } = opened.store;
    const { response, run } = await beginResponse(opened.store);
    const ended = createStoredResponse({ id: response.id });
    const before = await readLog(opened.store, run.id);
    for (const other of [
      { ...run, owner: 'server-b' },
      { ...run, tenant: 'tenant-b' },
      { ...run, id: createResponseId() },
    ]) {
      assert.equal(await runs.append(other, ['"x"']), false);
      assert.equal(await runs.append(other, []), false);
      assert.equal(await runs.end(other, ['"x"'], ended), false);
    }
    assert.deepEqual(await readLog(opened.store, run.id), before);
    assert.deepEqual(await opened.store.responses.get(tenant, response.id), response);
    assert.equal(await runs.end(run, []), true);
    for (const write of [runs.append(run, ['"x"']), runs.end(run, ['"x"'], ended)]) assert.equal(await write, false);
    assert.deepEqual(await readLog(opened.store, run.id), { events: run.events, state: 'ended' });
    assert.deepEqual(await opened.store.responses.get(tenant, response.id), response);
  });

  it('does not let a refused append harm those at the same time', async () => {
    await using opened = await open();
    const [one, two] = [await beginRun(opened.store), await beginRun(opened.store)];
    const { runs } = opened.store;
    const written = await Promise.all([
      runs.append(one, ['1']),
      runs.append({ ...one, owner: 'server-b' }, ['2']),
      runs.append(two, ['3']),
      runs.end({ ...two, owner: 'server-b' }, ['4']),
      runs.append(one, ['5']),
    ]);
    assert.deepEqual(written, [true, false, true, false, true]);
    assert.deepEqual((await readLog(opened.store, one.id))?.events, ['1', '5']);
    assert.deepEqual(await readLog(opened.store, two.id), { events: ['3'], state: 'running' });
  });

  it('gives lost runs to one who asks, with what is needed to run them again', async () => {
    await using opened = await open();
    const { runs, leases } = opened.store;
    await leases.renew('server-b', 60_000);
    const lost = await beginRun(opened.store, { events: ['"first"'] });
    const unrepeatable = await beginRun(opened.store, { tenant: 'tenant-b', request: undefined });
    const alive = await beginRun(opened.store, { owner: 'server-b' });
    const ended = await beginRun(opened.store);
    await runs.end(ended, []);
    const taken = await runs.takeLost('server-c', 10);
    assert.deepEqual(
      taken.sort((one, other) => one.tenant.localeCompare(other.tenant)),
      [
        { tenant, id: lost.id, request: lost.request },
        { tenant: 'tenant-b', id: unrepeatable.id, request: undefined },
      ],
    );
    assert.equal(await runs.append(lost, ['"x"']), false, 'it is no longer the first one’s');
    assert.equal(await runs.append({ ...lost, owner: 'server-c' }, ['"second"']), true);
    assert.deepEqual((await readLog(opened.store, lost.id))?.events, ['"first"', '"second"']);
    assert.equal(await runs.append(alive, []), true);
  });

  it('gives each lost run to one of two who ask at the same time, and to nobody twice', async () => {
    await using opened = await open();
    const [one, two] = await openHandles(opened);
    for (const server of ['server-b', 'server-c']) await one.leases.renew(server, 60_000);
    const lost = await Promise.all(Array.from({ length: 20 }, () => beginRun(one)));
    const attempts = Array.from({ length: 10 }, (_, index) =>
      index % 2 === 0 ? one.runs.takeLost('server-b', 3) : two.runs.takeLost('server-c', 3),
    );
    const taken = (await Promise.all(attempts)).flat().map((run) => run.id);
    assert.deepEqual(taken.toSorted(), lost.map((run) => run.id).toSorted());
    assert.deepEqual(await two.runs.takeLost('server-b', 20), []);
  });

  for (const descendants of [0, 1]) {
    it(`writes nothing more once the response is deleted, with ${descendants} descendants`, async () => {
      await using opened = await open();
      const { runs, responses } = opened.store;
      const { response, run } = await beginResponse(opened.store);
      for (let child = 0; child < descendants; child++) {
        await responses.put(createStoredResponse({ parentId: response.id }));
      }
      assert.equal(await responses.delete(tenant, response.id), true);
      assert.equal(await readLog(opened.store, run.id), undefined);
      assert.equal(await runs.append(run, ['"x"']), false);
      assert.equal(await runs.end(run, ['"x"'], response), false);
      assert.equal(await runs.cancel(tenant, run.id), false);
      assert.deepEqual(await runs.takeLost('server-b', 10), []);
      assert.equal(await responses.get(tenant, response.id), undefined);
      assert.equal(await responses.count(), descendants);
      assert.equal(await opened.kept(), 2 * descendants);
    });
  }

  it('evicts no response whose run goes on, and its log with one whose run has ended', async () => {
    await using opened = await open(2);
    const { runs, responses } = opened.store;
    const running = [await beginResponse(opened.store), await beginResponse(opened.store)];
    for (const each of [1, 2, 3]) {
      const response = createStoredResponse();
      await responses.put(response);
      assert.deepEqual(await responses.get(tenant, response.id), response, `the one just put is there (${each})`);
    }
    assert.equal(await responses.count(), 3);
    const third = await beginResponse(opened.store);
    assert.equal(await responses.count(), 3, 'the maximum is exceeded by what runs alone');
    for (const { run, response } of [...running, third]) {
      assert.equal(await runs.end(run, [], response), true);
      assert.equal((await readLog(opened.store, run.id))?.state, 'ended');
    }
    assert.equal(await responses.count(), 2);
    const visible = await Promise.all([...running, third].map(({ run }) => readLog(opened.store, run.id)));
    assert.deepEqual(
      visible.map((log) => log?.state),
      [undefined, 'ended', 'ended'],
    );
  });
}

export function cancelTests(open: OpenStore): void {
  it('tells the owner of a running run, and nobody else', async () => {
    await using opened = await open();
    const { runs } = opened.store;
    const [run, other] = [await beginRun(opened.store), await beginRun(opened.store)];
    await beginRun(opened.store, { owner: 'server-b' });
    assert.deepEqual(await runs.cancelled(owner), []);
    assert.equal(await runs.cancel(tenant, run.id), true);
    assert.equal(await runs.cancel(tenant, run.id), true);
    assert.deepEqual(await runs.cancelled(owner), [{ tenant, id: run.id, owner }]);
    assert.deepEqual(await runs.cancelled('server-b'), []);
    assert.equal(await runs.append(other, ['"x"']), true);
    assert.equal(await runs.append(run, ['"x"']), true, 'how it ends is for its owner to say');
    assert.equal(await runs.end(run, []), true);
    assert.deepEqual(await runs.cancelled(owner), []);
    assert.equal(await runs.cancel(tenant, run.id), false);
  });

  it("knows no run that is unknown or another tenant's", async () => {
    await using opened = await open();
    const run = await beginRun(opened.store);
    assert.equal(await opened.store.runs.cancel('tenant-b', run.id), false);
    assert.equal(await opened.store.runs.cancel(tenant, createResponseId()), false);
    assert.deepEqual(await opened.store.runs.cancelled(owner), []);
  });

  it('is still asked for when another server takes the run', async () => {
    await using opened = await open();
    const [one, two] = await openHandles(opened);
    const run = await beginRun(one);
    assert.equal(await two.runs.cancel(tenant, run.id), true);
    assert.deepEqual(await one.runs.cancelled(owner), [{ tenant, id: run.id, owner }]);
    assert.equal((await two.runs.takeLost('server-b', 1)).length, 1);
    assert.deepEqual(await one.runs.cancelled(owner), []);
    assert.deepEqual(await one.runs.cancelled('server-b'), [{ tenant, id: run.id, owner: 'server-b' }]);
  });
}
