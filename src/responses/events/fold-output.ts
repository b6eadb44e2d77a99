import type { Schemas } from '../../contract/types.ts';
import type { OutputItem, ResponseEvent } from '../responses-deps.ts';
import type { EventOf } from './event-sink.ts';
import { interruptItem } from './interrupt-item.ts';

/**
 * Returns the output that the events of a response add up to, which is what a client that has read them holds. Items that
 * are not finished have the status `unfinished`, or the one of their type for an interruption.
 */
export function foldOutput(events: readonly ResponseEvent[], unfinished: 'in_progress' | 'incomplete'): OutputItem[] {
  const output: OutputItem[] = [];
  const open = new Set<number>();
  for (const event of events) {
    if (event.type === 'response.output_item.added') {
      output[event.output_index] = structuredClone(event.item);
      open.add(event.output_index);
    } else if (event.type === 'response.output_item.done') {
      output[event.output_index] = event.item;
      open.delete(event.output_index);
    } else addToItem(output, event);
  }
  for (const index of open) {
    const item = output[index];
    if (item && ownTypes.has(item.type) && 'status' in item) item.status = unfinished;
    else if (item && unfinished === 'incomplete') output[index] = interruptItem(item, unfinished);
  }
  return output;
}

/** The items that have these statuses. Those of other types have their own. */
const ownTypes: ReadonlySet<string> = new Set([
  'message',
  'reasoning',
  'function_call',
  'custom_tool_call',
  'shell_call',
  'local_shell_call',
  'tool_search_call',
]);

type ContentEvent = Exclude<ResponseEvent, { type: `response.output_item.${string}` }>;

/** Adds a delta or an empty part to its item. The `done` events add nothing: the deltas before them hold it all. */
function addToItem(output: readonly OutputItem[], event: ContentEvent): void {
  switch (event.type) {
    case 'response.content_part.added':
      return addPart(output[event.output_index], event);
    case 'response.output_text.delta':
      return addText(findPart(output, event), event);
    case 'response.output_text.annotation.added':
      return addAnnotation(findPart(output, event), event);
    case 'response.refusal.delta':
      return addRefusal(findPart(output, event), event.delta);
    case 'response.reasoning_text.delta':
      return addReasoning(findPart(output, event), event.delta);
    case 'response.reasoning_summary_part.added':
      return addSummaryPart(output[event.output_index], event);
    case 'response.reasoning_summary_text.delta':
      return addSummary(output[event.output_index], event);
    case 'response.function_call_arguments.delta':
      return addArguments(output[event.output_index], event.delta);
    case 'response.custom_tool_call_input.delta':
      return addInput(output[event.output_index], event.delta);
    case 'response.mcp_call_arguments.delta':
      return addArguments(output[event.output_index], event.delta);
    case 'response.shell_call_command.added':
      return addCommand(output[event.output_index], event);
    case 'response.shell_call_command.delta':
      return addToCommand(output[event.output_index], event);
    case 'response.created':
    case 'response.queued':
    case 'response.in_progress':
    case 'response.completed':
    case 'response.incomplete':
    case 'response.failed':
    case 'response.content_part.done':
    case 'response.output_text.done':
    case 'response.refusal.done':
    case 'response.reasoning_text.done':
    case 'response.reasoning_summary_part.done':
    case 'response.reasoning_summary_text.done':
    case 'response.function_call_arguments.done':
    case 'response.custom_tool_call_input.done':
    case 'response.steer.accepted':
    case 'response.mcp_list_tools.in_progress':
    case 'response.mcp_list_tools.completed':
    case 'response.mcp_list_tools.failed':
    case 'response.mcp_call.in_progress':
    case 'talaria:mcp_call.progress':
    case 'response.mcp_call_arguments.done':
    case 'response.mcp_call.completed':
    case 'response.mcp_call.failed':
    case 'response.shell_call_command.done':
      return;
    default:
      return event satisfies never;
  }
}

type Item = OutputItem | undefined;
type Part = Schemas['OutputContentPart'] | undefined;

function findPart(
  output: readonly OutputItem[],
  { output_index, content_index }: { output_index: number; content_index: number },
): Part {
  const item = output[output_index];
  return item?.type === 'message' || item?.type === 'reasoning' ? item.content?.[content_index] : undefined;
}

function addPart(item: Item, { content_index, part }: EventOf<'response.content_part.added'>): void {
  if (item?.type === 'message' && part.type !== 'reasoning_text') {
    item.content[content_index] = structuredClone(part);
  } else if (item?.type === 'reasoning' && part.type === 'reasoning_text') {
    item.content ??= [];
    item.content[content_index] = structuredClone(part);
  }
}

function addText(part: Part, { delta, logprobs }: EventOf<'response.output_text.delta'>): void {
  if (part?.type !== 'output_text') return;
  part.text += delta;
  for (const logprob of logprobs) part.logprobs.push(logprob);
}

function addAnnotation(part: Part, { annotation }: EventOf<'response.output_text.annotation.added'>): void {
  if (part?.type === 'output_text' && annotation) part.annotations.push(annotation);
}

function addRefusal(part: Part, delta: string): void {
  if (part?.type === 'refusal') part.refusal += delta;
}

function addReasoning(part: Part, delta: string): void {
  if (part?.type === 'reasoning_text') part.text += delta;
}

function addSummaryPart(item: Item, { summary_index, part }: EventOf<'response.reasoning_summary_part.added'>): void {
  if (item?.type === 'reasoning') item.summary[summary_index] = structuredClone(part);
}

function addSummary(item: Item, { summary_index, delta }: EventOf<'response.reasoning_summary_text.delta'>): void {
  const part = item?.type === 'reasoning' ? item.summary[summary_index] : undefined;
  if (part) part.text += delta;
}

function addArguments(item: Item, delta: string): void {
  if (item?.type === 'function_call' || item?.type === 'mcp_call') item.arguments += delta;
}

function addInput(item: Item, delta: string): void {
  if (item?.type === 'custom_tool_call') item.input += delta;
}

function addCommand(item: Item, { command_index, command }: EventOf<'response.shell_call_command.added'>): void {
  if (item?.type === 'shell_call') item.action.commands[command_index] = command;
}

function addToCommand(item: Item, { command_index, delta }: EventOf<'response.shell_call_command.delta'>): void {
  if (item?.type === 'shell_call') item.action.commands[command_index] += delta;
}
