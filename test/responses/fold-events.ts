import assert from 'node:assert/strict';
import type { OutputItem, ResponseEvent } from '../../src/responses/responses-deps.ts';

export interface FoldedItem {
  /** The item as the deltas alone make it. */
  item: OutputItem;
  /** The item of its last event; omitted while the item is open. */
  done?: OutputItem;
}

/**
 * Follows a stream as a client does that trusts deltas alone, and checks on the way that each event is about an item that
 * was added, under the id and index it was added with, and not yet done.
 */
export function foldEvents(events: readonly ResponseEvent[]): FoldedItem[] {
  const items: FoldedItem[] = [];
  for (const event of events) {
    if (event.type === 'response.output_item.added') {
      assert.equal(event.output_index, items.length, 'indexes are contiguous, in the order of the items');
      items.push({ item: structuredClone(event.item) });
    } else if ('output_index' in event) {
      const folded = items[event.output_index];
      assert.ok(folded && !folded.done, `${event.type} for an item that is not open`);
      if ('item_id' in event) assert.equal(event.item_id, idOf(folded.item));
      fold(folded, event);
    }
  }
  return items;
}

const idOf = (item: OutputItem): string | undefined =>
  'id' in item && typeof item.id === 'string' ? item.id : undefined;

function fold(folded: FoldedItem, event: ResponseEvent): void {
  const { item } = folded;
  switch (event.type) {
    case 'response.output_item.done':
      assert.equal(idOf(event.item), idOf(item));
      folded.done = event.item;
      if ('status' in item && 'status' in event.item) item.status = event.item.status;
      return;
    case 'response.function_call_arguments.delta':
      assert.ok(item.type === 'function_call');
      item.arguments += event.delta;
      return;
    case 'response.custom_tool_call_input.delta':
      assert.ok(item.type === 'custom_tool_call');
      item.input += event.delta;
      return;
    case 'response.custom_tool_call_input.done':
      assert.ok(item.type === 'custom_tool_call');
      assert.equal(event.input, item.input);
      return;
    case 'response.function_call_arguments.done':
      assert.ok(item.type === 'function_call');
      assert.deepEqual([event.name, event.arguments], [item.name, item.arguments]);
      return;
    default:
      if (item.type === 'message') foldMessage(item, event);
      else if (item.type === 'reasoning') foldReasoning(item, event);
      else if (item.type === 'shell_call') foldCommand(item.action.commands, event);
      else assert.fail(`${event.type} for an item of type ${item.type}`);
  }
}

function foldMessage(message: Extract<OutputItem, { type: 'message' }>, event: ResponseEvent): void {
  if (event.type === 'response.content_part.added') {
    assert.equal(event.content_index, message.content.length);
    assert.ok(event.part.type === 'output_text' || event.part.type === 'refusal');
    message.content.push(structuredClone(event.part));
    return;
  }
  assert.ok(
    'content_index' in event && event.content_index === message.content.length - 1,
    'only the last part is open',
  );
  const part = message.content.at(-1);
  switch (event.type) {
    case 'response.output_text.delta':
      assert.ok(part?.type === 'output_text');
      part.text += event.delta;
      part.logprobs?.push(...event.logprobs);
      return;
    case 'response.refusal.delta':
      assert.ok(part?.type === 'refusal');
      part.refusal += event.delta;
      return;
    case 'response.output_text.done':
      assert.ok(part?.type === 'output_text');
      assert.deepEqual([event.text, event.logprobs], [part.text, part.logprobs]);
      return;
    case 'response.refusal.done':
      assert.ok(part?.type === 'refusal');
      assert.equal(event.refusal, part.refusal);
      return;
    case 'response.content_part.done':
      assert.deepEqual(event.part, part);
      return;
    default:
      assert.fail(`${event.type} for a message`);
  }
}

function foldCommand(commands: string[], event: ResponseEvent): void {
  switch (event.type) {
    case 'response.shell_call_command.added':
      assert.equal(event.command_index, commands.length);
      commands.push(event.command);
      return;
    case 'response.shell_call_command.delta':
      commands[event.command_index] += event.delta;
      return;
    case 'response.shell_call_command.done':
      assert.equal(event.command, commands[event.command_index]);
      return;
    default:
      assert.fail(`${event.type} for a shell call`);
  }
}

function foldReasoning(reasoning: Extract<OutputItem, { type: 'reasoning' }>, event: ResponseEvent): void {
  switch (event.type) {
    case 'response.content_part.added':
      assert.ok(event.part.type === 'reasoning_text');
      reasoning.content = [...(reasoning.content ?? []), { ...event.part }];
      return;
    case 'response.reasoning_summary_part.added':
      assert.ok(event.part.type === 'summary_text');
      reasoning.summary.push({ ...event.part });
      return;
    case 'response.reasoning_text.delta':
      return append(reasoning.content?.[event.content_index], event.delta);
    case 'response.reasoning_summary_text.delta':
      return append(reasoning.summary[event.summary_index], event.delta);
    case 'response.reasoning_text.done':
      assert.equal(event.text, reasoning.content?.[event.content_index]?.text);
      return;
    case 'response.reasoning_summary_text.done':
      assert.equal(event.text, reasoning.summary[event.summary_index]?.text);
      return;
    case 'response.content_part.done':
      assert.deepEqual(event.part, reasoning.content?.[event.content_index]);
      return;
    case 'response.reasoning_summary_part.done':
      assert.deepEqual(event.part, reasoning.summary[event.summary_index]);
      return;
    default:
      assert.fail(`${event.type} for reasoning`);
  }
}

function append(part: { text: string } | undefined, delta: string): void {
  assert.ok(part, 'a delta for a part that was not added');
  part.text += delta;
}
