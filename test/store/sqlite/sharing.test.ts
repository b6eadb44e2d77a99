import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { waitUntil } from '../../helpers/wait-until.ts';
import { createItems, keepConversation } from '../stored-conversation.ts';
import { createChain, createStoredResponse, tenant } from '../stored-response.ts';
import { beginResponse, beginRun } from '../stored-run.ts';
import { turnIds } from '../suite/open-store.ts';
import { PutProcess } from './put-process.ts';
import { StoreProcess } from './store-process.ts';
import { createTestFile, openTestDatabase } from './test-database.ts';

const readSecret = import.meta.resolve('./children/read-secret.ts');

describe('two handles on one file', () => {
  it('append to one conversation, each after the other', async () => {
    using created = createTestFile();
    await using one = openTestDatabase({ file: created.file });
    await using two = openTestDatabase({ file: created.file });
    const { id, items } = await keepConversation(one.store, { items: createItems('a') });
    const appended = createItems('b');
    const response = createStoredResponse({ conversationId: id });
    await two.store.conversations.append(tenant, id, appended);
    await one.store.responses.put(response);
    const expected = [...items, ...appended, ...response.input, ...response.output];
    assert.deepEqual((await two.store.conversations.history(tenant, id))?.items, expected);
    await two.store.responses.delete(tenant, response.id);
    assert.deepEqual((await one.store.conversations.history(tenant, id))?.items, expected);
    await one.store.conversations.delete(tenant, id);
    assert.equal(await two.store.conversations.append(tenant, id, appended), false);
    const late = createStoredResponse({ conversationId: id });
    await two.store.responses.put(late);
    assert.equal((await two.store.responses.get(tenant, late.id))?.conversationId, undefined);
  });

  it('have the same secrets', async () => {
    using created = createTestFile();
    await using one = openTestDatabase({ file: created.file });
    await using two = openTestDatabase({ file: created.file });
    const [first, second] = await Promise.all([one.store.secret('name'), two.store.secret('name')]);
    assert.deepEqual(first, second);
  });

  it('see what the other puts, replaces and deletes', async () => {
    using created = createTestFile();
    await using one = openTestDatabase({ file: created.file });
    await using two = openTestDatabase({ file: created.file });
    const [first, second, third] = createChain(3);
    assert.ok(first && second && third);
    await one.store.responses.put(first);
    await two.store.responses.put(second);
    await one.store.responses.put(third);
    assert.deepEqual(turnIds(await two.store.responses.history(tenant, third.id)), [first.id, second.id, third.id]);
    const changed = { ...third, resource: { status: 'changed' } };
    await two.store.responses.put(changed);
    assert.deepEqual(await one.store.responses.get(tenant, third.id), changed);
    assert.equal(await one.store.responses.delete(tenant, second.id), true);
    assert.equal(await two.store.responses.get(tenant, second.id), undefined);
    assert.equal(await two.store.responses.delete(tenant, second.id), false);
    assert.equal(await two.store.responses.count(), 2);
  });

  it('share one order of use and one limit', async () => {
    using created = createTestFile();
    await using one = openTestDatabase({ file: created.file, maxResponses: 3 });
    await using two = openTestDatabase({ file: created.file, maxResponses: 3 });
    const [first, second, third, fourth] = Array.from({ length: 4 }, () => createStoredResponse());
    assert.ok(first && second && third && fourth);
    await one.store.responses.put(first);
    await two.store.responses.put(second);
    await one.store.responses.put(third);
    await two.store.responses.get(tenant, first.id);
    await one.store.responses.put(fourth);
    assert.equal(await two.store.responses.get(tenant, second.id), undefined);
    assert.deepEqual(await two.store.responses.get(tenant, first.id), first);
    assert.equal(await two.store.responses.count(), 3);
  });

  it('write nothing when a store without a limit is read', async () => {
    using created = createTestFile();
    await using one = openTestDatabase({ file: created.file });
    await using two = openTestDatabase({ file: created.file });
    const response = createStoredResponse();
    await one.store.responses.put(response);
    await one.store.responses.put(createStoredResponse());
    const before = two.database.pragma('data_version', { simple: true });
    await one.store.responses.get(tenant, response.id);
    await one.store.responses.history(tenant, response.id);
    assert.equal(two.database.pragma('data_version', { simple: true }), before);
    await one.store.check();
    assert.notEqual(two.database.pragma('data_version', { simple: true }), before, 'a check does write');
  });
});

describe('two handles on one file with a run', () => {
  it('append to it in turn, and notify the watchers of each other', async () => {
    using created = createTestFile();
    await using one = openTestDatabase({ file: created.file });
    await using two = openTestDatabase({ file: created.file });
    const run = await beginRun(one.store, { events: ['0'] });
    let notified = 0;
    using _ = two.store.runs.watch(run.id, () => notified++);
    // The first look notifies in any case.
    await waitUntil(() => notified > 0, 'the first notification');
    const before = notified;
    assert.equal(await one.store.runs.append(run, ['1']), true);
    await waitUntil(() => notified > before, 'the notification of an append');
    assert.equal((await two.store.runs.read(tenant, run.id, { after: -1, limit: 9 }))?.events.length, 2);
    const appended = notified;
    assert.equal(await one.store.runs.cancel(tenant, run.id), true);
    await waitUntil(() => notified > appended, 'the notification of a cancellation');
    assert.equal((await two.store.runs.cancelled(run.owner)).length, 1);
  });
});

describe('a run in a file', () => {
  it('leaves the rows of an unchanged input alone when it ends', async () => {
    await using opened = openTestDatabase();
    const input = Array.from({ length: 200 }, (_, index) => ({ id: `msg_${index}`, text: 'x'.repeat(1000) }));
    const { response, run } = await beginResponse(opened.store, { input });
    opened.database.exec(`
      CREATE TEMP TABLE rewritten (key INTEGER);
      CREATE TEMP TRIGGER deleting AFTER DELETE ON main.items BEGIN INSERT INTO rewritten VALUES (old.key); END;
      CREATE TEMP TRIGGER inserting AFTER INSERT ON main.items BEGIN INSERT INTO rewritten VALUES (new.key); END;
    `);
    const ended = { ...response, output: [{ id: 'msg_out', text: 'done' }] };
    assert.equal(await opened.store.runs.end(run, [], ended), true);
    assert.deepEqual(await opened.store.responses.get(tenant, response.id), ended);
    assert.equal(opened.database.prepare('SELECT count(*) FROM rewritten').pluck().get(), 1);
  });
});

describe('several processes on one file', () => {
  it('create one secret', async () => {
    using created = createTestFile();
    using stack = new DisposableStack();
    const processes = Array.from({ length: 3 }, () => stack.use(new StoreProcess(readSecret, [created.file])));
    await Promise.all(processes.map((process) => process.ready()));
    for (const process of processes) process.start();
    const secrets = await Promise.all(processes.map((process) => process.nextLine()));
    await using opened = openTestDatabase({ file: created.file });
    const secret = (await opened.store.secret('name')).toString('hex');
    assert.deepEqual(secrets, [secret, secret, secret]);
  });

  it('open a new file at once and lose none of their puts', async () => {
    using created = createTestFile();
    using stack = new DisposableStack();
    const writers = Array.from({ length: 3 }, () => stack.use(new PutProcess(created.file, 150)));
    await Promise.all(writers.map((writer) => writer.ready()));
    for (const writer of writers) writer.start();
    const chains = await Promise.all(writers.map((writer) => writer.acknowledged()));
    assert.deepEqual(await Promise.all(writers.map((writer) => writer.ended())), [0, 0, 0]);

    await using opened = openTestDatabase({ file: created.file });
    assert.equal(await opened.store.responses.count(), 450);
    for (const chain of chains) {
      const last = chain.at(-1);
      assert.ok(last);
      assert.deepEqual(turnIds(await opened.store.responses.history(tenant, last)), chain);
    }
  });

  it('see what another process puts while they are open', async () => {
    await using opened = openTestDatabase();
    using writer = new PutProcess(opened.file, 3);
    await writer.ready();
    writer.start();
    const chain = await writer.acknowledged();
    const next = createStoredResponse({ parentId: chain.at(-1) });
    await opened.store.responses.put(next);
    assert.deepEqual(turnIds(await opened.store.responses.history(tenant, next.id)), [...chain, next.id]);
  });
});
