import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { DatabaseError } from 'pg';
import { limits } from '../../../src/config/limits.ts';
import { ApiError } from '../../../src/errors/api-error.ts';
import { isOutage, isRetryable, toStoreError } from '../../../src/store/postgres/connection/to-store-error.ts';
import { openPostgresStore } from '../../../src/store/postgres/postgres-store.ts';
import type { Store } from '../../../src/store/store.ts';
import { createConversation, createItems, keepConversation } from '../stored-conversation.ts';
import { createStoredResponse, tenant } from '../stored-response.ts';
import { createTestSchema, openTestDatabase, type TestSchema } from './test-database.ts';
import { TestProxy } from './test-proxy.ts';
import { withTestServer } from './test-server.ts';

const unavailable = (message: string) => ({ name: 'ApiError', code: 'store_unavailable', status: 503, message });
const unreachable = unavailable('The store cannot be reached at the moment.');

/** Terminates every connection of a schema's stores. */
const terminate = (schema: TestSchema) =>
  schema.query(`
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE application_name = current_schema() AND pid <> pg_backend_pid()`);

/** Waits until broken connections are replaced. */
async function putAgain(store: Store): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await store.responses.put(createStoredResponse());
    } catch (reason) {
      if (attempt === 20) throw reason;
      await pause(50);
    }
  }
}

await withTestServer((server) => {
  describe('a connection that is ended by the database', () => {
    it('fails the running call, with nothing changed, and is replaced for the next one', async () => {
      await using database = await openTestDatabase(server);
      const { store } = database;
      const { id, items } = await keepConversation(store, { items: createItems('a') });
      await database.query('BEGIN; SELECT * FROM conversations FOR UPDATE');
      const turn = createStoredResponse({ conversationId: id });
      const refused = assert.rejects(store.responses.put(turn), unreachable);
      const alsoRefused = assert.rejects(store.conversations.append(tenant, id, createItems('b')), unreachable);
      await pause(300);
      await terminate(database);
      await Promise.all([refused, alsoRefused]);
      await database.query('COMMIT');
      await putAgain(store);
      assert.equal(await store.responses.get(tenant, turn.id), undefined);
      assert.deepEqual((await store.conversations.history(tenant, id))?.items, items);
      assert.equal(await database.storedCount(), 1);
    });

    it('is replaced without an error when it was idle', async () => {
      await using database = await openTestDatabase(server);
      const response = createStoredResponse();
      await database.store.responses.put(response);
      await terminate(database);
      await pause(300);
      assert.deepEqual(await database.store.responses.get(tenant, response.id), response);
    });

    it('never ends the process, whenever it happens', async () => {
      await using database = await openTestDatabase(server, 5);
      let [done, refused] = [0, 0];
      const deadline = Date.now() + 2_000;
      const work = async () => {
        while (Date.now() < deadline) {
          const put = database.store.responses.put(createStoredResponse());
          await put.then(
            () => done++,
            (reason) => {
              assert.ok(reason instanceof ApiError && reason.code === 'store_unavailable', `${reason}`);
              refused++;
            },
          );
        }
      };
      const breaking = async () => {
        while (Date.now() < deadline) await Promise.all([terminate(database), pause(60)]);
      };
      await Promise.all([...Array.from({ length: 6 }, work), breaking()]);
      assert.ok(done > 0 && refused > 0, `${done} done, ${refused} refused`);
      await putAgain(database.store);
      await database.storedCount();
      assert.equal(await database.store.responses.count(), 5);
    });
  });

  describe('a network that breaks', () => {
    it('rejects every call at once while nothing listens, and recovers without a restart', async () => {
      await using schema = await createTestSchema(server);
      await using proxy = await TestProxy.start(server.url);
      await using store = await openPostgresStore({ url: proxy.through(schema.url) });
      const response = createStoredResponse();
      await store.responses.put(response);
      proxy.refuse();
      await pause(50);
      const started = Date.now();
      await assert.rejects(store.responses.get(tenant, response.id), unreachable);
      await assert.rejects(store.responses.put(createStoredResponse()), unreachable);
      await assert.rejects(store.check(), unreachable);
      await assert.rejects(store.secret('name'), unreachable);
      await assert.rejects(store.leases.renew('server-1', 1000), unreachable);
      assert.ok(Date.now() - started < limits.postgresConnectMs, `${Date.now() - started} ms`);
      proxy.pass();
      assert.deepEqual(await store.responses.get(tenant, response.id), response);
      await store.check();
    });

    it('lets the store be closed in time when the database does not answer', async () => {
      await using schema = await createTestSchema(server);
      await using proxy = await TestProxy.start(server.url);
      const store = await openPostgresStore({ url: proxy.through(schema.url) });
      await store.responses.put(createStoredResponse());
      proxy.swallow();
      const hanging = assert.rejects(store.responses.count(), { code: 'store_unavailable' });
      await pause(50);
      const started = Date.now();
      await store[Symbol.asyncDispose]();
      assert.ok(Date.now() - started < limits.postgresCloseMs + 2_000, `${Date.now() - started} ms`);
      await hanging;
      await assert.rejects(store.check(), unavailable('The store is closed.'));
    });
  });

  describe('a read-only database', () => {
    it('rejects writes and its check, and still reads', async () => {
      await using database = await openTestDatabase(server);
      const response = createStoredResponse();
      const { id, items } = await keepConversation(database.store, { items: createItems('a') });
      await database.store.responses.put(response);
      const secret = await database.store.secret('name');
      const url = `${database.url}${encodeURIComponent(' -c default_transaction_read_only=on')}`;
      await using store = await openPostgresStore({ url, maxResponses: 10 });
      const refusal = unavailable('The store is read-only at the moment.');
      await assert.rejects(store.responses.put(createStoredResponse()), refusal);
      await assert.rejects(store.responses.delete(tenant, response.id), refusal);
      await assert.rejects(store.conversations.create(createConversation()), refusal);
      await assert.rejects(store.secret('other'), refusal);
      await assert.rejects(store.check(), refusal);
      assert.deepEqual(await store.responses.get(tenant, response.id), response);
      assert.equal((await store.responses.history(tenant, response.id))?.turns.length, 1);
      assert.deepEqual((await store.conversations.history(tenant, id))?.items, items);
      assert.deepEqual(await store.secret('name'), secret);
    });
  });

  describe('a deadlock', () => {
    it('is retried', async () => {
      await using database = await openTestDatabase(server);
      const { store } = database;
      const { id } = await keepConversation(store);
      const turn = createStoredResponse({ conversationId: id });
      await store.responses.put(turn);
      // Another client takes the two locks in the opposite order and wins. The server aborts ours after a second.
      await database.query("BEGIN; SET LOCAL deadlock_timeout = '1min'; SELECT * FROM responses FOR UPDATE");
      const put = store.responses.put(turn);
      await pause(200);
      await database.query('SELECT * FROM conversations FOR UPDATE');
      await database.query('COMMIT');
      await put;
      assert.equal(await database.storedCount(), 1);
    });
  });
});

describe('a retry', () => {
  it('is made only after an error without effect that may pass', () => {
    const made = (code: string) => isRetryable(Object.assign(new DatabaseError('no', 0, 'error'), { code }));
    for (const code of ['40001', '40P01', '53300']) assert.equal(made(code), true, code);
    for (const code of ['57P01', '08006', '53100', '23505']) assert.equal(made(code), false, code);
    assert.equal(isRetryable(new Error('Connection terminated unexpectedly')), false);
  });

  it('waits for a restart or a failover only', () => {
    const isWaitedFor = (code: string) => isOutage(Object.assign(new DatabaseError('no', 0, 'error'), { code }));
    for (const code of ['57P01', '57P03', '08006', '25006']) assert.equal(isWaitedFor(code), true, code);
    for (const code of ['40001', '53100', '23505', '42501', 'XX001']) assert.equal(isWaitedFor(code), false, code);
    assert.equal(isOutage(new Error('Connection terminated unexpectedly')), true);
    assert.equal(isOutage(new TypeError('a bug')), false);
  });
});

describe('toStoreError', () => {
  const toError = (code: string) => {
    const error = new DatabaseError('could not write to "/somewhere"', 0, 'error');
    error.code = code;
    return error;
  };

  for (const [code, message] of [
    ['53100', 'The store is full.'],
    ['53300', 'The store is busy. Please try again.'],
    ['57014', 'The store is busy. Please try again.'],
    ['40P01', 'The store is busy. Please try again.'],
    ['57P01', 'The store cannot be reached at the moment.'],
    ['57P03', 'The store cannot be reached at the moment.'],
    ['08006', 'The store cannot be reached at the moment.'],
    ['28P01', 'The store cannot be reached at the moment.'],
    ['25006', 'The store is read-only at the moment.'],
    ['58030', 'The store could not be read or written.'],
    ['XX001', 'The store is damaged.'],
  ]) {
    it(`reports ${code} to the client as temporary, and keeps the cause for the log`, () => {
      const cause = toError(code ?? '');
      const error = toStoreError(cause);
      assert.ok(error instanceof ApiError);
      assert.equal(error.message, message);
      assert.equal(error.cause, cause);
    });
  }

  it('returns other errors unchanged', () => {
    for (const mistake of [toError('42601'), toError('23505'), toError('22P05'), new TypeError('a bug')]) {
      assert.equal(toStoreError(mistake), mistake);
    }
  });
});
