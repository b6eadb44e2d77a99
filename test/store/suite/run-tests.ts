import assert from 'node:assert/strict';
import { it } from 'node:test';
import { createChatCompletionId, createResponseId, createSteerId } from '../../../src/ids.ts';
import { keepConversation } from '../stored-conversation.ts';
import { createStoredResponse, tenant } from '../stored-response.ts';
import { beginResponse, beginRun, createRun, owner, readLog } from '../stored-run.ts';
import { type OpenStore, openHandles } from './open-store.ts';

export function runTests(open: OpenStore): void {
  it('begins with its response and its first events, and ends with the final ones', async () => {
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
    assert.equal(await opened.storedCount(), 1);
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
    assert.equal(await opened.storedCount(), 1);
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

  it('appends its turn to the conversation once, when it ends', async () => {
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

export function cancelTests(open: OpenStore): void {
  it('reports the cancellation to the owner of the running run only', async () => {
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

  it("treats another tenant's run as unknown", async () => {
    await using opened = await open();
    const run = await beginRun(opened.store);
    assert.equal(await opened.store.runs.cancel('tenant-b', run.id), false);
    assert.equal(await opened.store.runs.cancel(tenant, createResponseId()), false);
    assert.deepEqual(await opened.store.runs.cancelled(owner), []);
  });

  it('survives when another server takes the run', async () => {
    await using opened = await open();
    const [one, two] = await openHandles(opened);
    const run = await beginRun(one);
    assert.equal(await two.runs.cancel(tenant, run.id), true);
    assert.deepEqual(await one.runs.cancelled(owner), [{ tenant, id: run.id, owner }]);
    assert.equal((await two.runs.takeOrphans('server-b', 1, [])).length, 1);
    assert.deepEqual(await one.runs.cancelled(owner), []);
    assert.deepEqual(await one.runs.cancelled('server-b'), [{ tenant, id: run.id, owner: 'server-b' }]);
  });
}

export function inputTests(open: OpenStore): void {
  const first = { id: createSteerId(), input: 'first' };
  const second = { id: createSteerId(), input: 'zweite „Zeile“\n' };

  it('passes input of operators to the owner of the running run, once and in order', async () => {
    await using opened = await open();
    const [one, two] = await openHandles(opened);
    const run = await beginRun(one);
    const theirs = await beginRun(one, { owner: 'server-b' });
    assert.deepEqual(await one.runs.takeInputs(owner), []);
    assert.equal(await two.runs.addInput(tenant, run.id, first), true);
    assert.equal(await two.runs.addInput(tenant, run.id, second), true);
    assert.equal(await two.runs.addInput(tenant, theirs.id, second), true);
    assert.deepEqual(
      await one.runs.takeInputs(owner),
      [first, second].map((input) => ({ ...input, runId: run.id })),
    );
    assert.deepEqual(await one.runs.takeInputs(owner), []);
    assert.deepEqual(await one.runs.takeInputs('server-b'), [{ ...second, runId: theirs.id }]);
  });

  it('refuses input for an unknown run, that of another tenant, and one that has ended', async () => {
    await using opened = await open();
    const { runs } = opened.store;
    const run = await beginRun(opened.store);
    assert.equal(await runs.addInput(tenant, createResponseId(), first), false);
    assert.equal(await runs.addInput('tenant-b', run.id, first), false);
    assert.equal(await runs.addInput(tenant, run.id, first), true);
    assert.equal(await runs.end(run, []), true);
    assert.equal(await runs.addInput(tenant, run.id, second), false);
    assert.deepEqual(await runs.takeInputs(owner), [], 'it is too late for input that was not taken');
  });
}
