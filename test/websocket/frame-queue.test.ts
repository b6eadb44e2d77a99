import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FrameQueue } from '../../src/websocket/frame-queue.ts';

test('frames leave in the order in which they came', () => {
  const queue = new FrameQueue({ frames: 3, bytes: 100 });
  for (const text of ['a', 'b', 'c']) assert.ok(queue.add(Buffer.from(text)));
  assert.deepEqual([queue.take(), queue.take(), queue.take(), queue.take()].map(String), ['a', 'b', 'c', 'undefined']);
  assert.ok(queue.isEmpty);
});

test('there is room for so many frames, and again when one has left', () => {
  const queue = new FrameQueue({ frames: 2, bytes: 100 });
  assert.deepEqual(
    [1, 2, 3].map(() => queue.add(Buffer.from('x'))),
    [true, true, false],
  );
  queue.take();
  assert.ok(queue.add(Buffer.from('y')));
  assert.deepEqual([queue.take(), queue.take()].map(String), ['x', 'y']);
});

test('there is room for so many bytes, and what was refused takes none', () => {
  const queue = new FrameQueue({ frames: 10, bytes: 10 });
  assert.ok(queue.add(Buffer.alloc(6)));
  assert.equal(queue.add(Buffer.alloc(5)), false);
  assert.ok(queue.add(Buffer.alloc(4)));
  queue.take();
  assert.ok(queue.add(Buffer.alloc(6)));
  assert.equal(queue.add(Buffer.alloc(1)), false);
});
