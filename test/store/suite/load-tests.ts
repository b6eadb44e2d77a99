import assert from 'node:assert/strict';
import { it } from 'node:test';
import { limits } from '../../../src/config/limits.ts';
import { firstOutputBuckets, type LoadFlush, type LoadRow } from '../../../src/store/load-store.ts';
import { tenant } from '../stored-response.ts';
import { type OpenStore, openHandles } from './open-store.ts';

/** The start of an hour. */
const hour = 1_700_002_800;

const histogram = (...counts: number[]): number[] =>
  Array.from({ length: firstOutputBuckets.length + 1 }, (_, index) => counts[index] ?? 0);

const createRow = (fields: Partial<LoadRow> = {}): LoadRow => ({
  ...{ minute: hour, tenant, agent: '', model: 'm' },
  ...{ requests: 1, errors: 0, cancelled: 0, inputTokens: 0, outputTokens: 0, toolCalls: 0 },
  ...{ firstOutput: histogram(), queuedMs: 0, maxQueuedMs: 0, unrecorded: 0 },
  ...fields,
});

const createFlush = (fields: Partial<LoadFlush>): LoadFlush => ({
  ...{ server: 'srv_a', number: 1, at: hour, rows: [], peaks: [] },
  ...fields,
});

/** Tests the load counters of servers. */
export function loadTests(open: OpenStore): void {
  it('is summed by agent in buckets', async () => {
    await using opened = await open();
    const { load } = opened.store;
    const whole = createRow({
      ...{ requests: 5, errors: 1, cancelled: 2, inputTokens: 2 ** 40, outputTokens: 7, toolCalls: 3 },
      ...{ firstOutput: histogram(1, 2), queuedMs: 900, maxQueuedMs: 600, unrecorded: 4 },
    });
    const rows = [
      whole,
      createRow({
        minute: hour + 60,
        tenant: 'tenant-b',
        model: 'naïve \0',
        maxQueuedMs: 700,
        firstOutput: histogram(0, 1),
      }),
      createRow({ minute: hour + 60, agent: 'naïve \0' }),
      createRow({ minute: hour + 300, requests: 9 }),
    ];
    const peaks = [
      { minute: hour, running: 3, queued: 0 },
      { minute: hour + 60, running: 1, queued: 5 },
    ];
    await load.add(createFlush({ rows, peaks }));
    const { minute, tenant: owner, model, ...counters } = whole;
    const first = { ...counters, start: hour, requests: 6, maxQueuedMs: 700, firstOutput: histogram(1, 3) };
    const other = { ...createRow({ agent: 'naïve \0' }), start: hour };
    assert.deepEqual(await load.read({ from: hour + 299, to: hour + 300, seconds: 300 }), {
      buckets: [first, (({ minute: _, tenant: __, model: ___, ...rest }) => rest)(other)],
      peaks: [{ start: hour, running: 3, queued: 5 }],
    });
    const minutes = await load.read({ from: hour + 60, to: hour + 301, seconds: 60, tenant });
    assert.deepEqual(
      minutes.buckets.map(({ start, agent, requests }) => [start, agent, requests]),
      [
        [hour + 60, 'naïve \0', 1],
        [hour + 300, '', 9],
      ],
    );
    assert.deepEqual(await load.read({ from: 0, to: hour, seconds: 60 }), { buckets: [], peaks: [] });
  });

  it('counts each flush once, and sums the peaks of servers in a minute', async () => {
    await using opened = await open();
    const [one, two] = await openHandles(opened);
    const flush = createFlush({ rows: [createRow()], peaks: [{ minute: hour, running: 2, queued: 1 }] });
    for (const { load } of [one, two]) await load.add(flush);
    await one.load.add({ ...flush, number: 3, peaks: [{ minute: hour, running: 1, queued: 4 }] });
    await one.load.add({ ...flush, number: 2 });
    await two.load.add({ ...flush, server: 'srv_b' });
    const { buckets, peaks } = await two.load.read({ from: hour, to: hour + 60, seconds: 60 });
    assert.deepEqual(
      buckets.map(({ requests }) => requests),
      [3],
    );
    assert.deepEqual(peaks, [{ start: hour, running: 4, queued: 5 }]);
  });

  it('loses nothing of concurrent flushes through two handles', async () => {
    await using opened = await open();
    const handles = await openHandles(opened);
    const rows = ['x', 'y', 'z'].map((model) => createRow({ model }));
    await Promise.all(
      Array.from({ length: 30 }, (_, index) =>
        handles[index % 2]?.load.add(
          createFlush({ server: `srv_${index}`, rows: index % 3 === 0 ? rows : rows.toReversed() }),
        ),
      ),
    );
    const { buckets } = await opened.store.load.read({ from: hour, to: hour + 60, seconds: 60 });
    assert.deepEqual(
      buckets.map(({ requests }) => requests),
      [90],
    );
  });

  it('is reaped when it is old', async () => {
    await using opened = await open();
    const { load, reap } = opened.store;
    const rows = [createRow(), createRow({ minute: hour + 60 })];
    await load.add(createFlush({ rows, peaks: [{ minute: hour, running: 1, queued: 0 }] }));
    const reapAt = (now: number) => reap({ now, logsBefore: 0, limit: 10 });
    assert.equal(await reapAt(hour + limits.loadSeconds), 0);
    assert.equal(await reapAt(hour + limits.loadSeconds + 1), 2);
    const { buckets, peaks } = await load.read({ from: hour, to: hour + 120, seconds: 60 });
    assert.deepEqual([buckets.map(({ start }) => start), peaks], [[hour + 60], []]);
  });
}
