import assert from 'node:assert/strict';
import { renameSync, writeFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import SqliteDatabase from 'better-sqlite3';
import { ApiError } from '../../../src/errors/api-error.ts';
import { toStoreError } from '../../../src/store/sqlite/connection/to-store-error.ts';
import { createSqliteStore } from '../../../src/store/sqlite/sqlite-store.ts';
import { waitUntil } from '../../helpers/wait-until.ts';
import { createStoredChatCompletion, toListed } from '../stored-chat-completion.ts';
import { createConversation, createItems, keepConversation } from '../stored-conversation.ts';
import { createStoredResponse, tenant } from '../stored-response.ts';
import { beginResponse, createRun, owner, readLog } from '../stored-run.ts';
import { openTestDatabase } from './test-database.ts';

const createReservation = () => ({ ...createRun(), key: 'key', fingerprint: 'print', expiresAt: 2_000_000_000 });

const unavailable = (message: string) => ({ name: 'ApiError', code: 'store_unavailable', status: 503, message });

describe('a full disk', () => {
  it('refuses a put with nothing changed, keeps reading, and writes again when there is space', async () => {
    await using opened = openTestDatabase({ maxResponses: 10 });
    const { database, store } = opened;
    const response = createStoredResponse();
    const large = createStoredResponse({ parentId: response.id, output: [{ id: 'msg_1', text: 'x'.repeat(100_000) }] });
    await store.responses.put(response);
    database.pragma(`max_page_count = ${database.pragma('page_count', { simple: true })}`);
    await assert.rejects(store.responses.put(large), unavailable('The store is full.'));
    await assert.rejects(store.responses.put({ ...large, id: response.id }), unavailable('The store is full.'));
    assert.deepEqual(await store.responses.get(tenant, response.id), response);
    assert.equal(await store.responses.get(tenant, large.id), undefined);
    assert.equal(await store.responses.count(), 1);
    assert.equal(database.pragma('integrity_check', { simple: true }), 'ok');
    assert.equal(await store.responses.delete(tenant, response.id), true, 'freeing space needs no space');

    database.pragma('max_page_count = 1000000');
    await store.responses.put(response);
    await store.responses.put(large);
    assert.deepEqual(await store.responses.get(tenant, large.id), large);
  });
});

describe('a full disk, with a conversation', () => {
  it('rejects a turn, with the conversation and the response unchanged', async () => {
    await using opened = openTestDatabase();
    const { database, store } = opened;
    const { id, items } = await keepConversation(store, { items: createItems('a') });
    const large = [{ id: 'msg_1', text: 'x'.repeat(100_000) }];
    const turn = createStoredResponse({ conversationId: id, output: large });
    const completion = createStoredChatCompletion({ messages: large });
    database.pragma(`max_page_count = ${database.pragma('page_count', { simple: true })}`);
    const full = unavailable('The store is full.');
    await assert.rejects(store.responses.put(turn), full);
    await assert.rejects(store.conversations.append(tenant, id, large), full);
    await assert.rejects(store.conversations.create(createConversation({ items: large })), full);
    await assert.rejects(store.chatCompletions.put(completion), full);
    assert.deepEqual((await store.conversations.history(tenant, id))?.items, items);
    assert.equal(await store.responses.get(tenant, turn.id), undefined);
    assert.equal(await store.chatCompletions.get(tenant, completion.id), undefined);
    assert.equal(opened.storedCount(), 0);

    database.pragma('max_page_count = 1000000');
    await store.responses.put(turn);
    assert.equal((await store.conversations.history(tenant, id))?.items.length, 3);
  });
});

describe('a full disk, during a run', () => {
  it('refuses the writes of the run, with nothing changed, and continues when there is space', async () => {
    await using opened = openTestDatabase();
    const { database, store } = opened;
    const { response, run } = await beginResponse(store);
    const large = `"${'x'.repeat(100_000)}"`;
    const other = createStoredResponse({ output: [{ id: 'msg_1', text: large }] });
    database.pragma(`max_page_count = ${database.pragma('page_count', { simple: true })}`);
    const full = unavailable('The store is full.');
    await assert.rejects(store.runs.append(run, [large]), full);
    await assert.rejects(store.runs.end(run, [large], response), full);
    await assert.rejects(store.runs.end(run, [], { ...other, id: response.id }), full);
    await assert.rejects(store.runs.begin(createRun({ id: other.id }), other), full);
    await assert.rejects(store.idempotency.reserve({ ...createReservation(), fingerprint: large }), full);
    assert.deepEqual(await readLog(store, run.id), { events: run.events, state: 'running' });
    assert.equal(await readLog(store, other.id), undefined);
    assert.deepEqual(await store.responses.get(tenant, response.id), response);
    assert.equal(database.pragma('integrity_check', { simple: true }), 'ok');

    database.pragma('max_page_count = 1000000');
    assert.equal(await store.runs.append(run, [large]), true);
    assert.equal(await store.runs.end(run, [], response), true);
    assert.deepEqual(await readLog(store, run.id), { events: [...run.events, large], state: 'ended' });
    assert.equal(await store.idempotency.reserve(createReservation()), undefined);
    assert.equal(opened.storedCount(), 1);
  });
});

describe('a read-only file, with a run', () => {
  it('returns its log, and rejects every write', async () => {
    await using opened = openTestDatabase();
    const { run, response } = await beginResponse(opened.store);
    await opened.store.runs.cancel(tenant, run.id);
    await using store = createSqliteStore(new SqliteDatabase(opened.file, { readonly: true }), 10);
    const { runs, leases, idempotency } = store;
    assert.deepEqual(await readLog(store, run.id), { events: run.events, state: 'running' });
    assert.deepEqual(await runs.cancelled(owner), [{ tenant, id: run.id, owner }]);
    for (const call of [
      () => runs.begin(createRun()),
      () => runs.append(run, ['1']),
      () => runs.end(run, [], response),
      () => runs.cancel(tenant, run.id),
      () => runs.takeOrphans('server-b', 1, []),
      () => leases.renew(owner, 1000),
      () => leases.release(owner),
      () => leases.lock(owner, 'door'),
      () => leases.unlock(owner, 'door'),
      () => idempotency.reserve(createReservation()),
      () => idempotency.free(tenant, run.id),
      () => store.reap({ now: 1, logsBefore: 1, limit: 1 }),
    ]) {
      await assert.rejects(call, unavailable('The store is read-only at the moment.'), `${call}`);
    }
  });
});

describe('a read-only file', () => {
  it('returns conversations, chat completions and existing secrets, and changes nothing', async () => {
    await using opened = openTestDatabase();
    const { id, items } = await keepConversation(opened.store, { items: createItems('a') });
    const completion = createStoredChatCompletion();
    await opened.store.chatCompletions.put(completion);
    const secret = await opened.store.secret('name');
    await using store = createSqliteStore(new SqliteDatabase(opened.file, { readonly: true }), 10);
    const { conversations, chatCompletions } = store;
    const page = { limit: 5, order: 'asc' } as const;
    assert.deepEqual((await conversations.history(tenant, id))?.items, items);
    assert.deepEqual(await conversations.items(tenant, id, page), { data: items, hasMore: false });
    assert.deepEqual(await chatCompletions.get(tenant, completion.id), completion);
    assert.deepEqual(await chatCompletions.list(tenant, page), { data: [toListed(completion)], hasMore: false });
    assert.deepEqual(await store.secret('name'), secret);
    const refusal = unavailable('The store is read-only at the moment.');
    await assert.rejects(store.secret('other'), refusal);
    await assert.rejects(conversations.create(createConversation()), refusal);
    await assert.rejects(conversations.update(tenant, id, {}), refusal);
    await assert.rejects(conversations.append(tenant, id, items), refusal);
    await assert.rejects(conversations.deleteItem(tenant, id, 'msg_1'), refusal);
    await assert.rejects(conversations.delete(tenant, id), refusal);
    await assert.rejects(chatCompletions.put(completion), refusal);
    await assert.rejects(chatCompletions.updateMetadata(tenant, completion.id, {}), refusal);
    await assert.rejects(chatCompletions.delete(tenant, completion.id), refusal);
  });

  it('rejects writes and its check, and still reads', async () => {
    await using opened = openTestDatabase();
    const response = createStoredResponse();
    await opened.store.responses.put(response);
    await using store = createSqliteStore(new SqliteDatabase(opened.file, { readonly: true }), 10);
    const refusal = unavailable('The store is read-only at the moment.');
    await assert.rejects(store.responses.put(createStoredResponse()), refusal);
    await assert.rejects(store.responses.delete(tenant, response.id), refusal);
    await assert.rejects(store.check(), refusal);
    assert.deepEqual(await store.responses.get(tenant, response.id), response);
    assert.equal((await store.responses.history(tenant, response.id))?.turns.length, 1);
    assert.equal(await store.responses.count(), 1);
  });

  it('is written again once it is writable', async () => {
    await using opened = openTestDatabase();
    const response = createStoredResponse();
    opened.database.pragma('query_only = on');
    await assert.rejects(opened.store.responses.put(response), unavailable('The store is read-only at the moment.'));
    opened.database.pragma('query_only = off');
    await opened.store.responses.put(response);
    assert.deepEqual(await opened.store.responses.get(tenant, response.id), response);
    await opened.store.check();
  });
});

describe('a file that was moved or replaced', () => {
  for (const [what, replace] of [
    ['removed', () => {}],
    ['replaced', (file: string) => writeFileSync(file, '')],
  ] as const) {
    it(`is not written when it was ${what}, and is written again once it is back`, async () => {
      await using opened = openTestDatabase();
      const { file, store } = opened;
      const response = createStoredResponse();
      await store.responses.put(response);
      renameSync(file, `${file}.away`);
      replace(file);
      const gone = unavailable('The file of the store was removed or replaced.');
      await waitUntil(() =>
        store.check().then(
          () => false,
          () => true,
        ),
      );
      await assert.rejects(store.responses.put(createStoredResponse()), gone);
      await assert.rejects(store.runs.begin(createRun()), gone);
      assert.deepEqual(await store.responses.get(tenant, response.id), response, 'it is still read');
      renameSync(`${file}.away`, file);
      await waitUntil(() =>
        store.check().then(
          () => true,
          () => false,
        ),
      );
      await store.responses.put(createStoredResponse());
      assert.equal(await store.responses.count(), 2);
    });
  }
});

describe('a file that another handle has locked', () => {
  it('rejects writes after the timeout, still reads, and writes when it is free', async () => {
    await using opened = openTestDatabase({ maxResponses: 10 });
    await using other = openTestDatabase({ file: opened.file });
    const response = createStoredResponse();
    await opened.store.responses.put(response);
    const secret = await opened.store.secret('name');
    opened.database.pragma('busy_timeout = 20');
    other.database.exec('BEGIN IMMEDIATE');
    const refusal = unavailable('The store is busy. Please try again.');
    await assert.rejects(opened.store.responses.put(createStoredResponse()), refusal);
    await assert.rejects(opened.store.check(), refusal);
    await assert.rejects(opened.store.secret('other'), refusal);
    assert.deepEqual(await opened.store.responses.get(tenant, response.id), response);
    assert.deepEqual(await opened.store.secret('name'), secret);
    other.database.exec('COMMIT');
    await opened.store.responses.put(createStoredResponse());
    assert.equal(await opened.store.responses.count(), 2);
  });
});

describe('toStoreError', () => {
  it('keeps the cause for the log and hides it from the client', () => {
    const cause = new SqliteDatabase.SqliteError('disk I/O error in /somewhere', 'SQLITE_IOERR_WRITE');
    const error = toStoreError(cause);
    assert.ok(error instanceof ApiError);
    assert.equal(error.message, 'The store could not be read or written.');
    assert.equal(error.cause, cause);
  });

  it('returns other errors unchanged', () => {
    for (const mistake of [
      new SqliteDatabase.SqliteError('UNIQUE constraint failed', 'SQLITE_CONSTRAINT_UNIQUE'),
      new SqliteDatabase.SqliteError('near "SELEC": syntax error', 'SQLITE_ERROR'),
      new TypeError('a bug'),
    ]) {
      assert.equal(toStoreError(mistake), mistake);
    }
  });
});
