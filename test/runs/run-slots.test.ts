import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { ApiError } from '../../src/errors/api-error.ts';
import { RunSlots, type Slot, untilReady } from '../../src/runs/run-slots.ts';

const never = new AbortController().signal;

/** Whether the run of this slot may begin. */
async function hasBegun({ ready }: Slot): Promise<boolean> {
  return ready === undefined || Promise.race([ready.then(() => true), sleep(1).then(() => false)]);
}

const leave = (slot: Slot | undefined): void => slot?.[Symbol.dispose]();

function isRefusal(subject: RegExp): (error: unknown) => boolean {
  return (error) => {
    assert.ok(error instanceof ApiError);
    assert.equal(error.code, 'rate_limit_exceeded');
    assert.equal(error.status, 429);
    assert.ok(Number.isInteger(error.retryAfter) && (error.retryAfter ?? 0) >= 1, `${error.retryAfter}`);
    assert.match(error.message, subject);
    return true;
  };
}

describe('run slots', () => {
  it('bounds concurrent and waiting runs, and refuses further ones', async () => {
    const slots = new RunSlots({ running: 2, waiting: 1 });
    const queued = [slots.enter('a'), slots.enter('a'), slots.enter('b')];
    assert.deepEqual(await Promise.all(queued.map(hasBegun)), [true, true, false]);
    assert.throws(() => slots.enter('c'), isRefusal(/^The server/));
    leave(queued[0]);
    assert.equal(await hasBegun(queued[2] ?? slots.enter('?')), true);
    const next = slots.enter('c');
    assert.equal(await hasBegun(next), false, 'the free slot went to the waiting run');
  });

  it('assigns slots in the order of the requests', async () => {
    const slots = new RunSlots({ running: 1, waiting: 10 });
    const order: number[] = [];
    let running = slots.enter('a');
    const queued = Array.from({ length: 10 }, (_, index) => {
      const slot = slots.enter(`tenant-${index % 3}`);
      void slot.ready?.then(() => order.push(index));
      return slot;
    });
    for (const slot of queued) {
      leave(running);
      running = slot;
      await untilReady(slot, never);
    }
    assert.deepEqual(order, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('has no queue when none is configured', () => {
    const slots = new RunSlots({ running: 1, waiting: 0 });
    const slot = slots.enter('a');
    assert.throws(() => slots.enter('b'), isRefusal(/^The server/));
    leave(slot);
    leave(slots.enter('b'));
  });

  it('frees the queue position of a run that leaves early', async () => {
    const slots = new RunSlots({ running: 1, waiting: 2 });
    const first = slots.enter('a');
    const [second, third] = [slots.enter('a'), slots.enter('a')];
    leave(second);
    const fourth = slots.enter('a');
    leave(first);
    assert.deepEqual(await Promise.all([third, fourth].map(hasBegun)), [true, false]);
    leave(third);
    assert.equal(await hasBegun(fourth), true);
    leave(fourth);
    assert.equal(slots.enter('a').ready, undefined);
  });

  it('counts a slot once, even if it is released twice', async () => {
    const slots = new RunSlots({ running: 1, waiting: 2, limitOf: () => 3 });
    const first = slots.enter('a');
    const [second, third] = [slots.enter('a'), slots.enter('a')];
    leave(first);
    leave(first);
    assert.deepEqual(await Promise.all([second, third].map(hasBegun)), [true, false]);
    leave(third);
    leave(third);
    leave(second);
    leave(second);
    const queued = [slots.enter('a'), slots.enter('a'), slots.enter('a')];
    assert.deepEqual(await Promise.all(queued.map(hasBegun)), [true, false, false]);
    assert.throws(() => slots.enter('a'), ApiError);
  });

  it('bounds the runs of one tenant, waiting or running, and no others', () => {
    const limitOf = (tenant: string) => (tenant === 'small' ? 2 : undefined);
    const slots = new RunSlots({ running: 2, waiting: 10, limitOf });
    const queued = [slots.enter('small'), slots.enter('large'), slots.enter('small')];
    assert.throws(() => slots.enter('small'), isRefusal(/^This API key/));
    for (let count = 0; count < 9; count++) slots.enter('large');
    assert.throws(() => slots.enter('large'), isRefusal(/^The server/));
    leave(queued[2]);
    slots.enter('small');
    assert.throws(() => slots.enter('small'), ApiError);
  });

  it('estimates when to retry from the duration of runs and the length of the queue', async () => {
    const slots = new RunSlots({ running: 1, waiting: 100 });
    const queued = Array.from({ length: 101 }, () => slots.enter('a'));
    const before = retryAfterOf(slots, 'a');
    assert.ok(before >= 50, `a hundred wait, each for about a second: ${before}`);
    for (const slot of queued.slice(0, 90)) leave(slot);
    for (let count = 0; count < 90; count++) slots.enter('a');
    assert.ok(retryAfterOf(slots, 'a') < before, 'runs have turned out to be quick');
  });
});

/** Returns the message of a refusal; fails when there is none. */
function retryAfterOf(slots: RunSlots, tenant: string): number {
  try {
    leave(slots.enter(tenant));
  } catch (error) {
    if (error instanceof ApiError) return error.retryAfter ?? Number.NaN;
  }
  throw new Error('The request was not refused.');
}

describe('the retry delay of a refusal', () => {
  /** Keeps a server full for a minute, with a request each half second. All runs have one duration; times are in seconds. */
  async function simulate({ running, waiting, runSeconds }: { running: number; waiting: number; runSeconds: number }) {
    let now = 0;
    const slots = new RunSlots({
      running,
      waiting,
      now: () => now * 1000,
      limitOf: (name) => (name === 'b' ? 2 : undefined),
    });
    const runs: { slot: Slot; endsAt: number }[] = [];
    const start = (slot: Slot) => {
      const begin = () => runs.push({ slot, endsAt: now + runSeconds });
      if (slot.ready !== undefined) void slot.ready.then(begin);
      else begin();
    };
    const seen: { at: number; retryAfter: number }[] = [];
    start(slots.enter('b'));
    start(slots.enter('b'));
    for (let count = 2; count < running + waiting; count++) start(slots.enter('a'));
    for (; now < 60; now += 0.1) {
      for (const run of runs.splice(0)) {
        if (run.endsAt > now) runs.push(run);
        else {
          leave(run.slot);
          start(slots.enter('a'));
        }
      }
      await sleep(0);
      if (Math.round(now * 10) % 5 === 0) seen.push({ at: now, retryAfter: retryAfterOf(slots, 'a') });
    }
    return seen;
  }

  for (const [running, waiting, runSeconds] of [
    [20, 20, 6],
    [20, 40, 6],
    [4, 16, 2],
    [1, 3, 8],
    [64, 64, 20],
  ] as const) {
    const wait = ((waiting + 1) * runSeconds) / running;
    it(`is within a factor of two of ${wait} s (${running} slots, ${waiting} waiting, runs of ${runSeconds} s)`, async () => {
      // Before half a run has passed, nothing shows the duration of the first ones.
      const seen = (await simulate({ running, waiting, runSeconds })).filter(({ at }) => at >= runSeconds / 2);
      for (const { at, retryAfter } of seen) {
        assert.ok(retryAfter >= wait / 2 && retryAfter <= wait * 2 + 1, `${retryAfter} s after ${at} s`);
      }
    });
  }

  it('grows while runs do not end', () => {
    let now = 0;
    const slots = new RunSlots({ running: 2, waiting: 1, now: () => now });
    for (let count = 0; count < 3; count++) slots.enter('a');
    const first = retryAfterOf(slots, 'a');
    now = 60_000;
    assert.ok(first <= 2 && retryAfterOf(slots, 'a') >= 60, 'runs of a minute');
  });

  it('differs among requests that are refused together, within a quarter of a round', () => {
    let now = 0;
    const slots = new RunSlots({ running: 40, waiting: 40, now: () => now });
    for (let count = 0; count < 80; count++) slots.enter('a');
    now = 12_000;
    const waits = Array.from({ length: 1000 }, () => retryAfterOf(slots, 'a'));
    assert.deepEqual([waits[0], waits.at(-1)], [19, 23]);
  });

  it('follows the runs of the tenant when the tenant has too many', () => {
    let now = 0;
    const slots = new RunSlots({ running: 10, waiting: 10, now: () => now, limitOf: () => 2 });
    for (let count = 0; count < 2; count++) slots.enter('a');
    now += 12_000;
    assert.equal(retryAfterOf(slots, 'a'), 9);
  });
});

describe('waiting for a slot', () => {
  it('ends immediately when a slot is free', async () => {
    await untilReady(new RunSlots({ running: 1, waiting: 0 }).enter('a'), never);
  });

  it('rejects with the reason of a signal that aborts first, and leaves the slot to be released', async () => {
    const slots = new RunSlots({ running: 1, waiting: 1 });
    const first = slots.enter('a');
    const second = slots.enter('a');
    const controller = new AbortController();
    const waiting = untilReady(second, controller.signal);
    const reason = new ApiError('request_cancelled', 'Gone.');
    controller.abort(reason);
    await assert.rejects(waiting, reason);
    await assert.rejects(untilReady(second, controller.signal), reason);
    assert.throws(() => slots.enter('a'), ApiError);
    leave(second);
    leave(first);
    assert.equal(slots.enter('a').ready, undefined);
  });

  it('leaves no unhandled rejection when the signal aborts after the slot is free', async () => {
    const slots = new RunSlots({ running: 1, waiting: 1 });
    const first = slots.enter('a');
    const second = slots.enter('a');
    const controller = new AbortController();
    const waiting = untilReady(second, controller.signal);
    leave(first);
    await waiting;
    controller.abort(new Error('too late'));
    await sleep(1);
  });
});
