import { omitUndefined } from '../../json/omit-undefined.ts';
import { toCustomArguments } from '../../tools/custom-tool.ts';
import type { OutputItem } from '../responses-deps.ts';
import type { Sink } from './event-sink.ts';
import { type CallEvent, OpenCall } from './open-call.ts';
import { type CustomCallEvent, OpenCustomCall } from './open-custom-call.ts';
import { type MessageEvent, OpenMessage } from './open-message.ts';
import { OpenReasoning, type ReasoningEvent, type ReasoningOptions } from './open-reasoning.ts';

type ItemOf<Type extends OutputItem['type']> = Extract<OutputItem, { type: Type }>;

/* Each function writes the events of an item but its end, each text in one delta, and returns the open item. */

export function replayMessage(sink: Sink<MessageEvent>, index: number, item: ItemOf<'message'>): OpenMessage {
  const message = new OpenMessage(sink, { index, id: item.id, phase: item.phase });
  for (const part of item.content) {
    if (part.type === 'refusal') {
      message.start('refusal');
      if (part.refusal) message.addRefusal(part.refusal);
    } else {
      message.start('text');
      if (part.text) message.addText(part.text, part.logprobs);
      for (const annotation of part.annotations) message.annotate(annotation);
    }
  }
  return message;
}

export function replayReasoning(
  sink: Sink<ReasoningEvent>,
  index: number,
  { item, seal }: { item: ItemOf<'reasoning'> } & Pick<ReasoningOptions, 'seal'>,
): OpenReasoning {
  const reasoning = new OpenReasoning(sink, { index, id: item.id, asSummary: false, seal });
  for (const [part, { text }] of item.summary.entries()) reasoning.add(text, { form: 'summary', index: part });
  for (const [part, { text }] of (item.content ?? []).entries()) reasoning.add(text, { form: 'text', index: part });
  return reasoning;
}

export function replayCall(sink: Sink<CallEvent>, index: number, item: ItemOf<'function_call'>): OpenCall {
  const call = new OpenCall(sink, toCallStart('function', index, item));
  if (item.arguments) call.add(item.arguments);
  return call;
}

export function replayCustomCall(
  sink: Sink<CustomCallEvent>,
  index: number,
  item: ItemOf<'custom_tool_call'>,
): OpenCustomCall {
  const call = new OpenCustomCall(sink, toCallStart('custom', index, item));
  call.add(toCustomArguments(item.input));
  return call;
}

type Call = ItemOf<'function_call' | 'custom_tool_call'>;

function toCallStart(kind: 'function' | 'custom', index: number, { id, call_id, name, namespace, async }: Call) {
  return { index, id, callId: call_id, tool: { kind, name, ...omitUndefined({ namespace, isAsync: async }) } };
}
