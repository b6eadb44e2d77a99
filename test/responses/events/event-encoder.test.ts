import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EventEncoder } from '../../../src/responses/events/event-encoder.ts';
import { randomBatches } from '../../helpers/random-agent-events.ts';
import { assemble } from '../assemble.ts';

test('events are written as JSON.stringify writes them', () => {
  let deltas = 0;
  for (let seed = 1; seed <= 200; seed++) {
    const encoder = new EventEncoder();
    for (const event of assemble(randomBatches(seed, { broken: seed % 2 === 0 }), { broken: seed % 2 === 0 })) {
      if (event.type === 'response.output_text.delta') deltas += 1;
      assert.equal(encoder.encode(event), JSON.stringify(event));
    }
  }
  assert.ok(deltas > 200, `${deltas} deltas of text`);
});

test('texts of every kind are escaped, in each part of each message', () => {
  const batches = ['a "quoted" \\ text', 'line\nbreak \u2028', '🦉 \u0000', ''].flatMap((text) => [
    [{ type: 'message-start' as const }, { type: 'text-start' as const }, { type: 'text-delta' as const, text }],
    [{ type: 'text-end' as const }, { type: 'text-start' as const }, { type: 'text-delta' as const, text }],
    [{ type: 'text-end' as const }],
  ]);
  const encoder = new EventEncoder();
  for (const event of assemble([...batches, [{ type: 'run-end', reason: 'stop' }]])) {
    assert.equal(encoder.encode(event), JSON.stringify(event));
  }
});
