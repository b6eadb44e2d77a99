import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import type { ApiError } from '../../../src/errors/api-error.ts';
import { type BodySlot, BodySlots, type BodySlotsOptions, takeSlot } from '../../../src/http/body/body-slots.ts';

const usual: BodySlotsOptions = {
  atOnce: 2,
  waiting: 8,
  bytes: 1000,
  maxBytes: 500,
  largeBytes: 100,
  smallBytes: 500,
  waitMs: 60_000,
  readMs: 60_000,
};

function start(options: Partial<BodySlotsOptions> = {}) {
  const slots = new BodySlots({ ...usual, ...options });
  const log: string[] = [];
  const errors: ApiError[] = [];
  const enter = (tenant: string, name = tenant): BodySlot =>
    slots.enter({
      tenant,
      onSlot: () => log.push(name),
      onRefusal: (error) => {
        log.push(`${name} refused`);
        errors.push(error);
      },
    });
  return { slots, log, errors, enter };
}

describe('the slots of large bodies', () => {
  test('bound the bodies read at once; the next starts when one is read or disposed', () => {
    const { log, enter } = start();
    const [first, second] = [enter('a', '1'), enter('a', '2')];
    enter('a', '3');
    enter('a', '4');
    assert.deepEqual(log, ['1', '2']);
    first?.finishReading();
    assert.deepEqual(log, ['1', '2', '3']);
    second?.[Symbol.dispose]();
    second?.[Symbol.dispose]();
    assert.deepEqual(log, ['1', '2', '3', '4']);
  });

  test('a body disposed while it waits is skipped', () => {
    const { log, enter } = start({ atOnce: 1 });
    const first = enter('a', '1');
    enter('a', '2')[Symbol.dispose]();
    enter('a', '3');
    first[Symbol.dispose]();
    assert.deepEqual(log, ['1', '3']);
  });

  test('a free slot goes to the tenant that holds the fewest', () => {
    const { log, enter } = start({ atOnce: 2 });
    const [first, second] = [enter('a', 'a1'), enter('a', 'a2')];
    for (const name of ['a3', 'a4']) enter('a', name);
    for (const name of ['b1', 'b2']) enter('b', name);
    first?.[Symbol.dispose]();
    assert.deepEqual(log.slice(2), ['b1'], 'a still holds one');
    second?.[Symbol.dispose]();
    assert.deepEqual(log.slice(2), ['b1', 'a3'], 'b holds one, a none');
  });

  test('served bodies count with their bytes until disposed', () => {
    const { log, enter } = start();
    const first = enter('a', '1');
    first.resize(1000);
    first.finishReading();
    enter('a', '2');
    assert.deepEqual(log, ['1']);
    first[Symbol.dispose]();
    assert.deepEqual(log, ['1', '2']);
  });

  test('a full queue refuses with a time to retry, and a tenant fills only half of it', () => {
    const { log, errors, enter } = start({ atOnce: 1, waiting: 4 });
    for (const name of ['1', '2', '3', '4']) enter('a', name);
    assert.deepEqual(log, ['1', '4 refused']);
    assert.deepEqual([errors[0]?.code, errors[0]?.status, errors[0]?.retryAfter], ['rate_limit_exceeded', 429, 2]);
    enter('b', '5');
    enter('c', '6');
    assert.deepEqual(log, ['1', '4 refused']);
    enter('d', '7');
    assert.deepEqual(log, ['1', '4 refused', '7 refused']);
  });

  test('a body that exceeds its wait, or its read time while others wait, is refused', async () => {
    const { log, enter } = start({ atOnce: 1, waitMs: 100, readMs: 60_000 });
    enter('a', 'slow');
    enter('a', 'waits');
    await delay(600);
    assert.deepEqual(log, ['slow', 'waits refused']);
    const other = start({ atOnce: 1, readMs: 100 });
    const slow = other.enter('a', 'slow');
    await delay(600);
    assert.deepEqual(other.log, ['slow'], 'none waits');
    other.enter('a', 'waits');
    await delay(600);
    assert.deepEqual(other.log, ['slow', 'waits', 'slow refused']);
    slow[Symbol.dispose]();
    assert.equal(other.log.length, 3);
  });

  test('a body that a run holds counts until the run has ended, whichever ends first', () => {
    const { log, enter } = start({ atOnce: 1 });
    const first = enter('a', '1');
    first.resize(2000);
    first.finishReading();
    const run = first.hold();
    enter('a', '2');
    first[Symbol.dispose]();
    first[Symbol.dispose]();
    assert.deepEqual(log, ['1']);
    run[Symbol.dispose]();
    run[Symbol.dispose]();
    assert.deepEqual(log, ['1', '2']);
  });

  test('waiting bodies block no other, and count once they are read', () => {
    const { log, enter } = start({ atOnce: 1 });
    const first = enter('a', '1');
    const second = enter('a', '2');
    second.resize(2000);
    enter('a', '3');
    first.finishReading();
    assert.deepEqual(log, ['1', '2']);
    second.finishReading();
    assert.deepEqual(log, ['1', '2']);
    second[Symbol.dispose]();
    assert.deepEqual(log, ['1', '2', '3']);
  });

  test('a small body needs a slot when there are many of them', () => {
    const { slots } = start();
    assert.deepEqual([slots.needsSlot(100), slots.needsSlot(101)], [false, true]);
    slots.countSmall(501);
    assert.equal(slots.needsSlot(1), true);
    slots.countSmall(-501);
    assert.equal(slots.needsSlot(1), false);
  });

  test('a client that disconnects while it waits leaves the queue', async () => {
    const { slots, log, enter } = start({ atOnce: 1 });
    const first = enter('a', '1');
    const gone = new AbortController();
    const waiting = takeSlot(slots, { tenant: 'a', bytes: 200, signal: gone.signal });
    enter('a', '2');
    gone.abort(new Error('gone'));
    await assert.rejects(waiting, /gone/);
    first[Symbol.dispose]();
    assert.deepEqual(log, ['1', '2']);
  });
});
