import type { OutputItem, ResponseEvent, ResponseResource } from '../responses-deps.ts';
import { EventSink } from './event-sink.ts';

/**
 * The events of a response that has ended and has no log, in as few as can be: each text in one delta. The same each time,
 * and what they make is the response as it is stored.
 */
export function tellResponse(response: ResponseResource): ResponseEvent[] {
  const sink = new EventSink();
  const nothingYet = { output: [], usage: null, error: null, incomplete_details: null, completed_at: null };
  const begun = { ...response, ...nothingYet, status: 'in_progress' as const };
  for (const type of ['response.created', 'response.in_progress'] as const) {
    sink.add({ type, sequence_number: sink.number(), response: begun });
  }
  for (const [index, item] of response.output.entries()) tellItem(sink, index, item);
  sink.add({ type: toTerminalType(response), sequence_number: sink.number(), response });
  return sink.take();
}

function toTerminalType({ status }: ResponseResource) {
  if (status === 'completed') return 'response.completed';
  return status === 'failed' ? 'response.failed' : 'response.incomplete';
}

function tellItem(sink: EventSink, output_index: number, item: OutputItem): void {
  const added = { sequence_number: sink.number(), output_index };
  sink.add({ type: 'response.output_item.added', ...added, item: toBeginning(item) });
  tellContents(sink, output_index, item);
  sink.add({ type: 'response.output_item.done', sequence_number: sink.number(), output_index, item });
}

/** The item before anything of it is told. */
function toBeginning(item: OutputItem): OutputItem {
  switch (item.type) {
    case 'message':
      return { ...item, status: 'in_progress', content: [] };
    case 'reasoning': {
      const { content: _content, encrypted_content: _sealed, ...rest } = item;
      return { ...rest, status: 'in_progress', summary: [] };
    }
    case 'function_call':
      return { ...item, status: 'in_progress', arguments: '' };
    case 'custom_tool_call':
      return { ...item, status: 'in_progress', input: '' };
    case 'function_call_output':
    case 'compaction':
      return { ...item, status: 'in_progress' };
    default:
      return item;
  }
}

function tellContents(sink: EventSink, output_index: number, item: OutputItem): void {
  const place = () => ({ sequence_number: sink.number(), item_id: item.id ?? '', output_index });
  switch (item.type) {
    case 'message':
      return item.content.forEach((part, content_index) => {
        tellPart(sink, () => ({ ...place(), content_index }), part);
      });
    case 'reasoning':
      item.summary.forEach((part, summary_index) => {
        const at = () => ({ ...place(), summary_index });
        const { text } = part;
        sink.add({ type: 'response.reasoning_summary_part.added', ...at(), part: { ...part, text: '' } });
        if (text) sink.add({ type: 'response.reasoning_summary_text.delta', ...at(), delta: text });
        sink.add({ type: 'response.reasoning_summary_text.done', ...at(), text });
        sink.add({ type: 'response.reasoning_summary_part.done', ...at(), part });
      });
      item.content?.forEach((part, content_index) => {
        const at = () => ({ ...place(), content_index });
        const { text } = part;
        sink.add({ type: 'response.content_part.added', ...at(), part: { ...part, text: '' } });
        if (text) sink.add({ type: 'response.reasoning_text.delta', ...at(), delta: text });
        sink.add({ type: 'response.reasoning_text.done', ...at(), text });
        sink.add({ type: 'response.content_part.done', ...at(), part });
      });
      return;
    case 'function_call': {
      const { name, arguments: text } = item;
      if (text) sink.add({ type: 'response.function_call_arguments.delta', ...place(), delta: text });
      sink.add({ type: 'response.function_call_arguments.done', ...place(), name, arguments: text });
      return;
    }
    case 'custom_tool_call':
      if (item.input) sink.add({ type: 'response.custom_tool_call_input.delta', ...place(), delta: item.input });
      sink.add({ type: 'response.custom_tool_call_input.done', ...place(), input: item.input });
      return;
  }
}

type PartPlace = { sequence_number: number; item_id: string; output_index: number; content_index: number };

function tellPart(
  sink: EventSink,
  place: () => PartPlace,
  part: (OutputItem & { type: 'message' })['content'][number],
): void {
  if (part.type === 'refusal') {
    const { refusal } = part;
    sink.add({ type: 'response.content_part.added', ...place(), part: { ...part, refusal: '' } });
    if (refusal) sink.add({ type: 'response.refusal.delta', ...place(), delta: refusal });
    sink.add({ type: 'response.refusal.done', ...place(), refusal });
  } else {
    const { text, logprobs = [] } = part;
    sink.add({ type: 'response.content_part.added', ...place(), part: { ...part, text: '', logprobs: [] } });
    if (text) sink.add({ type: 'response.output_text.delta', ...place(), delta: text, logprobs });
    sink.add({ type: 'response.output_text.done', ...place(), text, logprobs });
  }
  sink.add({ type: 'response.content_part.done', ...place(), part });
}
