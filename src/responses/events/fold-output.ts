import type { OutputItem, ResponseEvent } from '../responses-deps.ts';

/**
 * The output that the events of a response make, as far as they go: what a client who read them has. Items that were not
 * finished have the status given.
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
    } else if ('output_index' in event) {
      const item = output[event.output_index];
      if (item) grow(item, event);
    }
  }
  for (const index of open) {
    const item = output[index];
    if (item && 'status' in item) item.status = unfinished;
  }
  return output;
}

function grow(item: OutputItem, event: ResponseEvent): void {
  switch (item.type) {
    case 'message':
      return growMessage(item, event);
    case 'reasoning':
      return growReasoning(item, event);
    case 'function_call':
      if (event.type === 'response.function_call_arguments.delta') item.arguments += event.delta;
      return;
    case 'custom_tool_call':
      if (event.type === 'response.custom_tool_call_input.delta') item.input += event.delta;
      return;
  }
}

function growMessage({ content }: OutputItem & { type: 'message' }, event: ResponseEvent): void {
  if (!('content_index' in event)) return;
  const part = content[event.content_index];
  if (event.type === 'response.content_part.added') {
    if (event.part.type !== 'reasoning_text') content[event.content_index] = structuredClone(event.part);
  } else if (event.type === 'response.output_text.delta' && part?.type === 'output_text') {
    part.text += event.delta;
    part.logprobs?.push(...(event.logprobs ?? []));
  } else if (event.type === 'response.refusal.delta' && part?.type === 'refusal') {
    part.refusal += event.delta;
  }
}

function growReasoning(item: OutputItem & { type: 'reasoning' }, event: ResponseEvent): void {
  switch (event.type) {
    case 'response.content_part.added':
      item.content ??= [];
      if (event.part.type === 'reasoning_text') item.content[event.content_index] = structuredClone(event.part);
      return;
    case 'response.reasoning_text.delta': {
      const part = item.content?.[event.content_index];
      if (part) part.text += event.delta;
      return;
    }
    case 'response.reasoning_summary_part.added':
      item.summary[event.summary_index] = structuredClone(event.part);
      return;
    case 'response.reasoning_summary_text.delta': {
      const part = item.summary[event.summary_index];
      if (part) part.text += event.delta;
      return;
    }
  }
}
