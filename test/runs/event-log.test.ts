import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { limits } from '../../src/config/limits.ts';
import { ApiError } from '../../src/errors/api-error.ts';
import { createResponseId } from '../../src/ids.ts';
import { EventLog } from '../../src/runs/event-log.ts';
import type { Store } from '../../src/store/store.ts';
import { breakable } from '../helpers/breakable.ts';
import { openTestStore } from '../helpers/open-test-store.ts';
import { storeKinds } from '../helpers/store-urls.ts';
import { createStoredResponse, tenant } from '../store/stored-response.ts';
import { owner, readLog } from '../store/stored-run.ts';

const isError = (code: string) => (error: unknown) => error instanceof ApiError && error.code === code;
const events = (from: number, below: number) =>
  Array.from({ length: below - from }, (_, index) => JSON.stringify({ n: from + index }));

function createLog({ runs }: Pick<Store, 'runs'>, id = createResponseId()) {
  return { id, log: new EventLog({ runs, run: { tenant, id, owner }, start: { request: '{}' } }) };
}

async function numbersOf(store: Store, id: ReturnType<typeof createResponseId>): Promise<number[]> {
  const page = await readLog(store, id);
  return (page?.events ?? []).map((text): number => JSON.parse(text).n);
}

for (const kind of storeKinds) {
  describe(`the log of a run (${kind.name})`, () => {
    it('begins with the first events, appends, and ends with the response', async () => {
      await using opened = await openTestStore(kind);
      const response = createStoredResponse();
      const run = { tenant, id: response.id, owner };
      const log = new EventLog({ runs: opened.store.runs, run, start: { response } });
      await log.append([]);
      assert.deepEqual([log.isBegun, await readLog(opened.store, run.id)], [false, undefined]);
      await log.append(events(0, 2));
      await log.append(events(2, 3));
      assert.equal(log.isBegun, true);
      await log.end(events(3, 4), { ...response, resource: { ...response.resource, status: 'completed' } });
      assert.deepEqual(await numbersOf(opened.store, run.id), [0, 1, 2, 3]);
      assert.equal((await opened.store.responses.get(tenant, response.id))?.resource['status'], 'completed');
    });

    it('appends long batches in parts, the first of which begins it', async () => {
      await using opened = await openTestStore(kind);
      const { part: runs, calls } = breakable(opened.store.runs);
      const { id, log } = createLog({ runs });
      const count = limits.logAppendEvents * 2 + 1;
      await log.append(events(0, count));
      assert.deepEqual([calls.get('begin'), calls.get('append')], [1, 2]);
      const first = await numbersOf(opened.store, id);
      assert.deepEqual(
        first,
        first.map((_, index) => index),
      );
      await log.end(events(count, count + 1));
    });

    it('has no event twice when a failed batch is written again with the last events', async () => {
      await using opened = await openTestStore(kind);
      const { part: runs, broken, unanswered } = breakable(opened.store.runs);
      const { id, log } = createLog({ runs });
      await log.append(events(0, 2));
      for (const failing of [unanswered, broken]) {
        failing.add('append');
        await assert.rejects(log.append(events(2, 4)), isError('store_unavailable'));
        failing.clear();
      }
      await log.end(events(2, 5));
      assert.deepEqual(await numbersOf(opened.store, id), [0, 1, 2, 3, 4]);
    });

    it('continues the log of another server', async () => {
      await using opened = await openTestStore(kind);
      const { id, log } = createLog(opened.store);
      await log.append(events(0, 2));
      const run = { tenant, id, owner };
      const next = new EventLog({ runs: opened.another.runs, run, start: undefined, written: 2 });
      assert.equal(next.isBegun, true);
      await next.append(events(2, 3));
      await next.end(events(3, 4));
      assert.deepEqual(await numbersOf(opened.store, id), [0, 1, 2, 3]);
    });

    it('fails when the run has ended elsewhere, or its reserved key was taken', async () => {
      await using opened = await openTestStore(kind);
      const { id, log } = createLog(opened.store);
      await log.append(events(0, 1));
      await opened.another.runs.end({ tenant, id, owner }, []);
      await assert.rejects(log.append(events(1, 2)), isError('response_not_found'));
      await assert.rejects(log.end(events(1, 2)), isError('response_not_found'));
      const run = { tenant, id: createResponseId(), owner };
      const unreserved = new EventLog({ runs: opened.store.runs, run, start: { reserved: true } });
      await assert.rejects(unreserved.append(events(0, 1)), isError('idempotency_key_conflict'));
      assert.equal(unreserved.isBegun, false);
    });
  });
}
