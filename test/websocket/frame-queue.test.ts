import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FrameQueue } from '../../src/websocket/frame-queue.ts';
import { SharedBytes } from '../../src/websocket/shared-bytes.ts';

const take = (queue: FrameQueue) => queue.next()?.take();
const tenantBytesOf = (bytes: number) => new SharedBytes(bytes).of('ann');

test('frames leave in the order in which they came', () => {
  const queue = new FrameQueue({ frames: 3, bytes: 100, tenantBytes: tenantBytesOf(1000) });
  for (const text of ['a', 'b', 'c']) assert.ok(queue.add(Buffer.from(text)));
  assert.deepEqual([take(queue), take(queue), take(queue), take(queue)].map(String), ['a', 'b', 'c', 'undefined']);
  assert.deepEqual(queue.lanes, []);
});

test('the number of frames is bounded, and a taken frame frees its slot', () => {
  const queue = new FrameQueue({ frames: 2, bytes: 100, tenantBytes: tenantBytesOf(1000) });
  assert.deepEqual(
    [1, 2, 3].map(() => queue.add(Buffer.from('x'))),
    [true, true, false],
  );
  take(queue);
  assert.ok(queue.add(Buffer.from('y')));
  assert.deepEqual([take(queue), take(queue)].map(String), ['x', 'y']);
});

test('the bytes are bounded, and a refused frame takes none', () => {
  const queue = new FrameQueue({ frames: 10, bytes: 10, tenantBytes: tenantBytesOf(1000) });
  assert.ok(queue.add(Buffer.alloc(6)));
  assert.equal(queue.add(Buffer.alloc(5)), false);
  assert.ok(queue.add(Buffer.alloc(4)));
  take(queue);
  assert.ok(queue.add(Buffer.alloc(6)));
  assert.equal(queue.add(Buffer.alloc(1)), false);
});

test('a frame counts as waiting until it is taken, and is taken once', () => {
  const queue = new FrameQueue({ frames: 1, bytes: 10, tenantBytes: tenantBytesOf(1000) });
  assert.equal(queue.next(), undefined);
  queue.add(Buffer.from('a'));
  const first = queue.next();
  assert.equal(first?.bytes, 1);
  assert.equal(queue.add(Buffer.from('b')), false);
  assert.equal(`${first?.take()}`, 'a');
  assert.ok(queue.add(Buffer.from('b')));
  assert.equal(first?.take(), undefined);
  assert.equal(`${queue.next()?.take()}`, 'b');
});

test('the queues of one tenant share a bound of bytes', () => {
  const queued = new SharedBytes(10);
  const queueOf = (tenant: string) => new FrameQueue({ frames: 10, bytes: 10, tenantBytes: queued.of(tenant) });
  const [first, second] = [queueOf('ann'), queueOf('ann')];
  assert.ok(first.add(Buffer.alloc(6)));
  assert.equal(second.add(Buffer.alloc(5)), false);
  assert.ok(queueOf('bob').add(Buffer.alloc(10)), 'another tenant has its own bound');
  first.clear();
  assert.deepEqual(first.lanes, []);
  assert.ok(second.add(Buffer.alloc(10)), 'a cleared queue frees its bytes');
});

test('the oldest frame of a lane that is free is next', () => {
  const queue = new FrameQueue({ frames: 4, bytes: 100, tenantBytes: tenantBytesOf(1000) });
  for (const [text, lane] of [
    ['a1', 'a'],
    ['a2', 'a'],
    ['b1', 'b'],
    ['none', undefined],
  ] as const) {
    assert.ok(queue.add(Buffer.from(text), lane));
  }
  const busy = new Set<string | undefined>(['a']);
  const next = queue.next((lane) => busy.has(lane));
  assert.equal(next?.lane, 'b');
  assert.equal(`${next?.take()}`, 'b1');
  assert.equal(`${queue.next((lane) => lane === 'a')?.take()}`, 'none');
  assert.equal(`${queue.next()?.take()}`, 'a1');
  assert.deepEqual(queue.lanes, ['a']);
});
