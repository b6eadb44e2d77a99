import assert from 'node:assert/strict';
import type { Resource } from '../observed-stream.ts';

interface Event {
  type: string;
  output_index?: number;
  item_id?: string;
  item?: { id?: string; type: string; [field: string]: unknown };
  delta?: string;
}

const callEvents = [
  'response.output_item.added',
  'response.mcp_call.in_progress',
  'response.mcp_call_arguments.delta',
  'response.mcp_call_arguments.done',
  'response.mcp_call.completed',
  'response.output_item.done',
];

/**
 * Checks that each item is added once and ends once, that the events of a call come in their order, and that the output is
 * the fold of the events.
 */
export function checkEvents(events: readonly string[], { output }: Resource): void {
  const items: { added: Event['item']; done?: Event['item']; types: string[]; text: string }[] = [];
  for (const json of events) {
    const event: Event = JSON.parse(json);
    if (event.output_index === undefined) continue;
    if (event.type === 'response.output_item.added') {
      assert.equal(event.output_index, items.length, 'an item was added twice, or its index is skipped');
      items.push({ added: event.item, types: [], text: '' });
    }
    const item = items[event.output_index];
    assert.ok(item && !item.done, `${event.type} came for an item that is not open`);
    if (event.item_id !== undefined) assert.equal(event.item_id, item.added?.id);
    item.types.push(event.type);
    if (event.type === 'response.output_text.delta') item.text += event.delta;
    if (event.type === 'response.output_item.done') item.done = event.item;
  }
  for (const { added, done, types, text } of items) {
    assert.equal(done?.id, added?.id);
    if (added?.type === 'mcp_call') checkCall(types);
    if (done?.type === 'message') assert.equal(textOf(done), text, 'the deltas of a message are another text');
  }
  const folded = items.map(({ done }) => done);
  assert.deepEqual(folded, output, 'the output is not the fold of the events');
}

function checkCall(types: readonly string[]): void {
  const plain = types
    .filter((type) => !type.startsWith('talaria:'))
    .map((type) => type.replace('mcp_call.failed', 'mcp_call.completed'));
  assert.deepEqual(plain, callEvents, 'the events of a call are not in their order');
}

const textOf = ({ content }: NonNullable<Event['item']>): string =>
  Array.isArray(content) ? content.map((part) => part?.text ?? '').join('') : '';
