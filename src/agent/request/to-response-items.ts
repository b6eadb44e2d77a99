import { omitUndefined } from '../../json/omit-undefined.ts';
import type { AgentMessage, AgentPart } from '../agent-client.ts';

type Item = Record<string, unknown>;

/** Returns messages as items of the Responses API. */
export function toResponseItems(messages: readonly AgentMessage[]): Item[] {
  return messages.flatMap(toItems);
}

function toItems(message: AgentMessage): Item[] {
  switch (message.role) {
    case 'user':
      return [{ type: 'message', role: 'user', content: message.content.map(toInputPart) }];
    case 'assistant':
      return [...toReasoning(message), ...toAnswer(message), ...message.toolCalls.map(toCall)];
    case 'tool':
      return [{ type: 'function_call_output', call_id: message.callId, output: toOutput(message.content) }];
  }
}

type Answer = Extract<AgentMessage, { role: 'assistant' }>;

function toReasoning({ reasoning }: Answer): Item[] {
  return reasoning ? [{ type: 'reasoning', summary: [], content: [{ type: 'reasoning_text', text: reasoning }] }] : [];
}

function toAnswer({ content, refusal }: Answer): Item[] {
  const parts: Item[] = content.flatMap((part) =>
    part.type === 'text' ? [{ type: 'output_text', text: part.text, annotations: [] }] : [],
  );
  if (refusal) parts.push({ type: 'refusal', refusal });
  return parts.length > 0 ? [{ type: 'message', role: 'assistant', content: parts }] : [];
}

function toCall({ callId, name, arguments: text }: Answer['toolCalls'][number]): Item {
  return { type: 'function_call', call_id: callId, name, arguments: text };
}

/** Returns text alone as a string: not every server takes parts here. */
function toOutput(content: readonly AgentPart[]): string | Item[] {
  const texts = content.flatMap((part) => (part.type === 'text' ? [part.text] : []));
  return texts.length === content.length ? texts.join('\n') : content.map(toInputPart);
}

/** A part of a user's message, or of a tool's output. */
type InputPart =
  | { type: 'input_text'; text: string }
  | { type: 'input_image'; image_url: string; detail: 'auto' | 'low' | 'high' | 'original' }
  | { type: 'input_file'; filename?: string; file_data?: string; file_url?: string };

export function toInputPart(part: AgentPart): InputPart {
  switch (part.type) {
    case 'text':
      return { type: 'input_text', text: part.text };
    case 'image':
      return { type: 'input_image', image_url: part.url, detail: part.detail ?? 'auto' };
    case 'file': {
      const { filename, data, url } = part;
      return { type: 'input_file', ...omitUndefined({ filename, file_data: data, file_url: url }) };
    }
  }
}
