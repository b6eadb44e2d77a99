import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ByteCollector } from '../../../src/http/body/byte-collector.ts';
import { createRandom } from '../../helpers/random.ts';

test('the bytes come out as they went in, however they were cut', () => {
  const random = createRandom(11);
  for (let round = 0; round < 50; round += 1) {
    const collector = new ByteCollector();
    const chunks = Array.from({ length: random(60) }, (_, index) =>
      Buffer.alloc(random(random(4) === 0 ? 100_000 : 300), index),
    );
    for (const chunk of chunks) collector.add(chunk);
    const whole = Buffer.concat(chunks);
    assert.equal(collector.size, whole.length);
    assert.ok(collector.take().equals(whole));
    assert.equal(collector.size, 0);
  }
});

test('a body of one chunk is not copied', () => {
  const collector = new ByteCollector();
  const chunk = Buffer.from('{}');
  collector.add(chunk);
  assert.equal(collector.take(), chunk);
});

test('a million chunks of one byte take little more memory than their bytes', () => {
  const collector = new ByteCollector();
  const block = Buffer.alloc(64 * 1024, 0x20);
  const before = process.memoryUsage();
  for (let index = 0; index < 1_000_000; index += 1) collector.add(block.subarray(index % 1000, (index % 1000) + 1));
  const grown = process.memoryUsage().arrayBuffers - before.arrayBuffers;
  assert.ok(grown < 4_000_000, `${grown} bytes`);
  assert.equal(collector.take().length, 1_000_000);
});
