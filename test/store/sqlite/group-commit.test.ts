import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from 'better-sqlite3';
import { ApiError } from '../../../src/errors/api-error.ts';
import { GroupCommit } from '../../../src/store/sqlite/connection/group-commit.ts';
import { prepareTransactions } from '../../../src/store/sqlite/connection/transaction.ts';
import { openSqliteStore } from '../../../src/store/sqlite/sqlite-store.ts';
import { createStoredResponse, tenant } from '../stored-response.ts';
import { openTestDatabase } from './test-database.ts';

/** Writes numbers. `commits` counts the transactions. */
function createNumbers(database: Database) {
  database.exec('CREATE TABLE numbers (number INTEGER UNIQUE) STRICT');
  const insert = database.prepare<[number]>('INSERT INTO numbers VALUES (?)');
  const select = database.prepare<[], number>('SELECT number FROM numbers ORDER BY rowid').pluck();
  const { write } = prepareTransactions(database);
  const counted = { commits: 0 };
  const puts = new GroupCommit((action) => {
    counted.commits++;
    return write(action);
  });
  const put = (number: number, windowMs?: number) => puts.add(() => insert.run(number).changes, windowMs);
  return { counted, puts, put, read: () => select.all() };
}

describe('writes that share a commit', () => {
  it('are those of one turn of the event loop, in the order of the calls', async () => {
    await using opened = openTestDatabase();
    const { counted, put, read } = createNumbers(opened.database);
    await Promise.all([3, 1, 2].map((number) => put(number)));
    assert.deepEqual(read(), [3, 1, 2]);
    assert.equal(counted.commits, 1);
    await put(5);
    await put(4);
    assert.deepEqual(read(), [3, 1, 2, 5, 4]);
    assert.equal(counted.commits, 3);
  });

  it('are committed when they resolve, and not written before', async () => {
    await using opened = openTestDatabase();
    const { put, read } = createNumbers(opened.database);
    const written = put(1);
    assert.deepEqual(read(), []);
    await written;
    assert.deepEqual(read(), [1]);
    assert.equal(opened.database.inTransaction, false);
  });

  it("are not affected by each other's errors", async () => {
    await using opened = openTestDatabase();
    const { put, read } = createNumbers(opened.database);
    const [first, again, other] = await Promise.allSettled([1, 1, 2].map((number) => put(number)));
    assert.equal(first?.status, 'fulfilled');
    assert.match(String(again?.status === 'rejected' && again.reason), /UNIQUE/);
    assert.equal(other?.status, 'fulfilled');
    assert.deepEqual(read(), [1, 2]);
  });

  it('are all rejected, after one attempt, when the environment fails', async () => {
    const refusal = new ApiError('store_unavailable', 'The store is busy. Please try again.');
    let attempts = 0;
    const puts = new GroupCommit(() => {
      attempts++;
      throw refusal;
    });
    const write = () => assert.fail('it got as far as writing');
    const results = await Promise.allSettled([puts.add(write), puts.add(write)]);
    assert.deepEqual(results, Array(2).fill({ status: 'rejected', reason: refusal }));
    assert.equal(attempts, 1);
  });

  it('resolve with their own results', async () => {
    await using opened = openTestDatabase();
    const { puts, put } = createNumbers(opened.database);
    assert.deepEqual(await Promise.all([put(1), puts.add(() => 'text'), puts.add(() => false)]), [1, 'text', false]);
  });

  it('can be flushed', async () => {
    await using opened = openTestDatabase();
    const { puts, put, read } = createNumbers(opened.database);
    const written = put(1);
    puts.flush();
    assert.deepEqual(read(), [1]);
    await written;
  });

  it('are written before the store closes', async () => {
    await using opened = openTestDatabase();
    const store = openSqliteStore({ file: opened.file });
    const response = createStoredResponse();
    const put = store.responses.put(response);
    await store[Symbol.asyncDispose]();
    await put;
    assert.deepEqual(await opened.store.responses.get(tenant, response.id), response);
  });
});

describe('writes with a window', () => {
  /** Longer than any test. */
  const windowMs = 60_000;

  it('are not delayed when the last commit was long ago', async () => {
    await using opened = openTestDatabase();
    const { counted, put, read } = createNumbers(opened.database);
    await Promise.all([put(1, windowMs), put(2, windowMs)]);
    assert.deepEqual(read(), [1, 2]);
    assert.equal(counted.commits, 1);
    await sleep(20);
    await put(3, 1);
    assert.deepEqual(read(), [1, 2, 3]);
  });

  it('wait for its end after a recent commit, and share the next one', async () => {
    await using opened = openTestDatabase();
    const { counted, put, read } = createNumbers(opened.database);
    await put(1);
    const start = performance.now();
    const written = [put(2, 200)];
    await sleep(10);
    written.push(put(3, 200));
    assert.deepEqual(read(), [1]);
    await Promise.all(written);
    assert.deepEqual(read(), [1, 2, 3]);
    assert.equal(counted.commits, 2);
    assert.ok(performance.now() - start > 150);
  });

  it('join a commit without a window, in the order of the calls', async () => {
    await using opened = openTestDatabase();
    const { counted, put, read } = createNumbers(opened.database);
    await put(1);
    await Promise.all([put(4, windowMs), put(3), put(2, windowMs)]);
    assert.deepEqual(read(), [1, 4, 3, 2]);
    assert.equal(counted.commits, 2);
  });

  it('are written before the store closes, and do not keep the process alive', async () => {
    await using opened = openTestDatabase();
    const { counted, puts, put, read } = createNumbers(opened.database);
    await put(1);
    const written = put(2, windowMs);
    puts.flush();
    await written;
    assert.deepEqual(read(), [1, 2]);
    puts.flush();
    assert.equal(counted.commits, 2);
  });
});
