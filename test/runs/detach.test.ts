import assert from 'node:assert/strict';
import { once } from 'node:events';
import { describe, it } from 'node:test';
import { ApiError } from '../../src/errors/api-error.ts';
import { createResponseId } from '../../src/ids.ts';
import { detach } from '../../src/runs/detach.ts';
import { createMemoryStore } from '../../src/store/memory/memory-store.ts';
import { createRuns } from '../helpers/create-runs.ts';

function setUp() {
  const counts = { released: 0 };
  const holdBody = () => ({
    [Symbol.dispose]() {
      counts.released += 1;
    },
  });
  return { runs: createRuns(createMemoryStore()), counts, options: { id: createResponseId(), holdBody } };
}

describe('detach', () => {
  it('drives the run to its end, and holds the body until then', async () => {
    const { runs, counts, options } = setUp();
    const { promise: ending, resolve: end } = Promise.withResolvers<void>();
    async function* run() {
      yield 1;
      await ending;
    }
    const { started, begun } = await detach(runs, options, async () => ({ events: run(), name: 'run' }));
    assert.equal(started.name, 'run');
    await begun;
    assert.equal(counts.released, 0);
    end();
    await runs.drained();
    assert.equal(counts.released, 1);
  });

  it('rejects with the error of the start, and releases everything', async () => {
    const { runs, counts, options } = setUp();
    const reason = new Error('refused');
    const starting = detach(runs, options, async () => {
      throw reason;
    });
    await assert.rejects(starting, reason);
    await runs.drained();
    assert.equal(counts.released, 1);
  });

  it('reports a run that fails before its first events as not begun', async () => {
    const { runs, options } = setUp();
    async function* none() {}
    async function* run() {
      yield* none();
      throw new Error('broken');
    }
    const { begun } = await detach(runs, options, async () => ({ events: run() }));
    await assert.rejects(begun, /broken/);
    await runs.drained();
  });

  it('stops the run by the signal of its start', async () => {
    const { runs, options } = setUp();
    const { promise, resolve } = Promise.withResolvers<AbortSignal>();
    async function* run(signal: AbortSignal) {
      yield 1;
      if (!signal.aborted) await once(signal, 'abort');
    }
    await detach(runs, options, async (signal) => {
      resolve(signal);
      return { events: run(signal) };
    });
    const reason = new ApiError('request_cancelled', 'Cancelled.');
    runs.interrupt(options.id, reason);
    assert.equal((await promise).reason, reason);
    await runs.drained();
  });
});
