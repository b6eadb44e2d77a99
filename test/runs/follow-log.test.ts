import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { limits } from '../../src/config/limits.ts';
import { ApiError } from '../../src/errors/api-error.ts';
import { createResponseId } from '../../src/ids.ts';
import { followLog } from '../../src/runs/follow-log.ts';
import { untilEnded } from '../../src/runs/until-ended.ts';
import type { RunId, RunStore } from '../../src/store/run-store.ts';
import { deafRuns } from '../helpers/deaf-runs.ts';
import { openTestStore } from '../helpers/open-test-store.ts';
import { storeKinds } from '../helpers/store-urls.ts';
import { tenant } from '../store/stored-response.ts';
import { beginResponse, beginRun } from '../store/stored-run.ts';

const never = new AbortController().signal;

interface FollowFields {
  after?: number;
  signal?: AbortSignal;
  of?: string;
}

const follow = (runs: RunStore, id: RunId, { after = -1, signal = never, of = tenant }: FollowFields = {}) =>
  followLog(runs, { tenant: of, id, after, signal });

const readAll = async (pages: AsyncIterable<string[]>) => (await Array.fromAsync(pages)).flat();
const numbers = (from: number, below: number) => Array.from({ length: below - from }, (_, index) => `${from + index}`);
const isError = (code: string) => (error: unknown) => error instanceof ApiError && error.code === code;

for (const kind of storeKinds) {
  describe(`following a log (${kind.name})`, () => {
    it('yields an empty page first when the log is empty, then new events, until the end', async () => {
      await using opened = await openTestStore(kind);
      const run = await beginRun(opened.store);
      const pages = follow(opened.another.runs, run.id);
      assert.deepEqual(await pages.next(), { done: false, value: [] });
      const next = pages.next();
      await opened.store.runs.append(run, ['1', '2']);
      assert.deepEqual(await next, { done: false, value: ['1', '2'] });
      const last = pages.next();
      await opened.store.runs.end(run, ['3']);
      assert.deepEqual(await last, { done: false, value: ['3'] });
      assert.deepEqual(await pages.next(), { done: true, value: undefined });
    });

    for (const count of [0, 1, limits.logPageEvents - 1, limits.logPageEvents, limits.logPageEvents * 2 + 1]) {
      it(`reads a log of ${count} events that has ended, from each position`, async () => {
        await using opened = await openTestStore(kind);
        const run = await beginRun(opened.store, { events: numbers(0, count) });
        await opened.store.runs.end(run, []);
        for (const after of [-1, 0, 1, limits.logPageEvents - 1, limits.logPageEvents, count - 1, count, count + 7]) {
          const read = await readAll(follow(opened.store.runs, run.id, { after }));
          assert.deepEqual(read, numbers(Math.min(after + 1, count), count), `after ${after}`);
        }
      });
    }

    it('yields every event to every reader, on any server, whenever it starts', async () => {
      await using opened = await openTestStore(kind);
      const run = await beginRun(opened.store);
      const total = 600;
      const readers: Promise<string[]>[] = [];
      for (let sent = 0; sent < total; sent += 20) {
        const runs = sent % 40 === 0 ? opened.store.runs : opened.another.runs;
        readers.push(readAll(follow(runs, run.id, { after: sent / 2 - 1 })));
        await opened.store.runs.append(run, numbers(sent, sent + 20));
      }
      await opened.store.runs.end(run, [`${total}`]);
      for (const [index, read] of (await Promise.all(readers)).entries()) {
        assert.deepEqual(read, numbers(index * 10, total + 1), `reader ${index}`);
      }
    });

    it('fails when the log has expired', async () => {
      await using opened = await openTestStore(kind);
      const { response, run } = await beginResponse(opened.store);
      await opened.store.runs.end(run, ['"last"'], response);
      const later = Math.floor(Date.now() / 1000) + 10;
      assert.ok((await opened.store.reap({ now: 0, logsBefore: later, limit: 10 })) > 0);
      await assert.rejects(follow(opened.store.runs, run.id).next(), isError('response_stream_expired'));
    });

    it('fails when the response is deleted meanwhile', async () => {
      await using opened = await openTestStore(kind);
      const { run, response } = await beginResponse(opened.store);
      const pages = follow(opened.store.runs, run.id);
      assert.deepEqual((await pages.next()).value, run.events);
      const next = pages.next();
      await opened.another.responses.delete(tenant, response.id);
      await assert.rejects(next, isError('response_not_found'));
    });

    it('finds neither unknown runs nor those of another tenant', async () => {
      await using opened = await openTestStore(kind);
      const run = await beginRun(opened.store);
      const { runs } = opened.store;
      await assert.rejects(follow(runs, createResponseId()).next(), isError('response_not_found'));
      await assert.rejects(follow(runs, run.id, { of: 'tenant-b' }).next(), isError('response_not_found'));
    });

    it('ends with the reason of its signal, after a last read of the log', async () => {
      await using opened = await openTestStore(kind);
      const run = await beginRun(opened.store, { events: ['0'] });
      const controller = new AbortController();
      const reason = new ApiError('server_shutting_down', 'Stopping.');
      const pages = follow(opened.store.runs, run.id, { signal: controller.signal });
      const ended = follow(opened.store.runs, run.id, { signal: controller.signal });
      for (const reader of [pages, ended]) assert.deepEqual((await reader.next()).value, ['0']);
      const next = pages.next();
      await sleep(1);
      controller.abort(reason);
      await assert.rejects(next, reason);
      await opened.store.runs.end(run, ['1']);
      assert.deepEqual(await ended.next(), { done: false, value: ['1'] }, 'a server that stops has ended its runs');
      assert.equal((await ended.next()).done, true);
    });

    it('waits for the end of a run, and not for an unknown run', async () => {
      await using opened = await openTestStore(kind);
      const run = await beginRun(opened.store);
      const { runs } = opened.store;
      let hasEnded = false;
      const waiting = untilEnded(opened.another.runs, { tenant, id: run.id, signal: never }).then(() => {
        hasEnded = true;
      });
      await runs.append(run, ['1']);
      await sleep(20);
      assert.equal(hasEnded, false);
      await runs.end(run, []);
      await waiting;
      await untilEnded(runs, { tenant, id: run.id, signal: never });
      await untilEnded(runs, { tenant, id: createResponseId(), signal: never });
    });
  });
}

describe('following a log without notifications', () => {
  it('polls', async () => {
    await using opened = await openTestStore(storeKinds[0] ?? assert.fail('there is a kind of store'));
    const run = await beginRun(opened.store);
    const { runs } = opened.store;
    const read = readAll(follow(deafRuns(runs), run.id));
    await sleep(5);
    await runs.append(run, ['1']);
    await runs.end(run, ['2']);
    assert.deepEqual(await read, ['1', '2']);
  });
});
