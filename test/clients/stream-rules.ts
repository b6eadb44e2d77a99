import assert from 'node:assert/strict';
import type { WireEvent } from './read-events.ts';

/**
 * Checks a stream by the rules of the strictest readers, event by event: `responses.stream()` of the
 * openai package and the event schemas of the AI SDK. Fails at the first event that one of them would reject.
 */
export function assertReadable(events: WireEvent[]): void {
  assertLifecycle(events);
  const added = assertItems(events);
  assertParts(events, added);
  assertFinal(events, added);
}

const lifecycle = /^response\.(created|in_progress|completed|incomplete|failed)$/;

/** openai: `response.created` is first, all name one response. AI SDK: id, created_at, model and sequence_number. */
function assertLifecycle(events: WireEvent[]): void {
  assert.equal(events[0]?.type, 'response.created');
  const stages = events.filter((event) => lifecycle.test(event.type));
  assert.equal(new Set(stages.map((event) => event['response'].id)).size, 1);
  for (const { response } of stages) {
    assert.equal(typeof response.model, 'string');
    assert.ok(Number.isInteger(response.created_at));
    assert.equal(response.object, 'response');
  }
  events.forEach((event, index) => {
    assert.equal(event['sequence_number'], index);
    if (event.type !== 'error') assert.equal(event['error'], undefined, 'the SDK throws for a truthy error');
  });
}

/** openai: items are added in order, with an id and empty lists, and done under the same id. Returns the ids by index. */
function assertItems(events: WireEvent[]): string[] {
  const ids: string[] = [];
  for (const { type, output_index, item } of events) {
    if (type === 'response.output_item.added') {
      assert.equal(output_index, ids.length);
      ids.push(item.id);
      assertAdded(item);
    }
    if (type === 'response.output_item.done') {
      assert.equal(item.id, ids[output_index]);
      assertDone(item);
    }
  }
  return ids;
}

type Item = ReturnType<typeof JSON.parse>;

function assertAdded(item: Item): void {
  assert.equal(typeof item.id, 'string');
  if (item.type === 'message') assert.deepEqual(item.content, []);
  if (item.type === 'reasoning') assert.deepEqual(item.summary, []);
  if (item.type === 'function_call') assert.equal(item.arguments, '');
  if (item.type === 'mcp_call') assert.ok(item.server_label && item.name && item.arguments === '');
  else if (item.type.endsWith('_call')) assert.ok(item.call_id && item.name);
}

/**
 * AI SDK, Agents SDK and LangChain: annotations and summary are lists, never null or missing; calls have a
 * status. AI SDK: what a listed tool lacks is omitted, not null.
 */
export function assertDone(item: Item): void {
  assert.equal(typeof item.id, 'string');
  if (item.type === 'reasoning') {
    assert.ok(item.summary.every((part: Item) => part.type === 'summary_text' && typeof part.text === 'string'));
  }
  if (item.type === 'mcp_list_tools') {
    assert.ok(item.tools.every((tool: Item) => tool.annotations !== null && tool.description !== null));
  }
  if (item.type === 'message') {
    assert.equal(item.role, 'assistant');
    for (const part of item.content) {
      if (part.type === 'output_text') assert.ok(Array.isArray(part.annotations) && Array.isArray(part.logprobs));
    }
  }
  if (item.type === 'mcp_call') assert.ok(item.server_label && item.name && item.status);
  else if (item.type.endsWith('_call')) assert.ok(item.call_id && item.name && item.status);
}

/** openai: an item's events name its id and index; a part is added, whole, before its deltas. */
function assertParts(events: WireEvent[], ids: string[]): void {
  const parts = new Set<string>();
  for (const event of events) {
    if (event['item_id'] === undefined) continue;
    assert.equal(event['item_id'], ids[event['output_index']], event.type);
    const index = event['content_index'] ?? event['summary_index'];
    if (index === undefined) continue;
    const kind = event['summary_index'] === undefined ? 'content' : 'summary';
    const key = `${event['item_id']} ${kind} ${index}`;
    if (/_part\.added$/.test(event.type)) {
      assert.equal(typeof (event['part'].text ?? event['part'].refusal), 'string');
      parts.add(key);
    } else assert.ok(parts.has(key), `${event.type} before its part`);
  }
}

/** openai: the terminal event's output has the same ids, and provides the final text. */
function assertFinal(events: WireEvent[], ids: string[]): void {
  const last = events.at(-1);
  assert.match(last?.type ?? '', /^response\.(completed|incomplete|failed)$/);
  const { output, usage } = last?.['response'] ?? {};
  assert.deepEqual(
    output.map((item: Item) => item.id),
    ids,
  );
  if (usage) assert.ok(Number.isInteger(usage.input_tokens) && Number.isInteger(usage.output_tokens));
}
