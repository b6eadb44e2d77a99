import { omitUndefined } from '../../json/omit-undefined.ts';
import { toCustomArguments } from '../../tools/custom-tool.ts';
import type { OutputItem, ResponseEvent, ResponseResource } from '../responses-deps.ts';
import { EventSink } from './event-sink.ts';
import { type CallEvent, OpenCall } from './open-call.ts';
import { type CustomCallEvent, OpenCustomCall } from './open-custom-call.ts';
import { type MessageEvent, OpenMessage } from './open-message.ts';
import { OpenReasoning, type ReasoningEvent } from './open-reasoning.ts';
import { type LifecycleEvent, writeStart, writeTerminal } from './write-lifecycle.ts';
import { writeWholeItem } from './write-whole-item.ts';

type ReplayedEvent = LifecycleEvent | MessageEvent | ReasoningEvent | CallEvent | CustomCallEvent;

/** A response is queued before its run starts; a replay begins with the run. Steering belongs to its live stream. */
type SkippedType = 'response.queued' | 'response.steer.accepted';

type None<Type extends never> = Type;
/** Fails to compile while this server sends an event that a replay neither writes nor skips. */
export type UnreplayedType = None<Exclude<ResponseEvent['type'], ReplayedEvent['type'] | SkippedType>>;

/**
 * Returns the events of a response that has ended and has no event log. The same response always has the same events:
 * those of a live run, with each text in one delta.
 */
export function replayStoredResponse(response: ResponseResource): ResponseEvent[] {
  const sink = new EventSink();
  const unset = { output: [], usage: null, error: null, incomplete_details: null, completed_at: null };
  writeStart(sink, { ...response, ...unset, status: 'in_progress' });
  for (const [index, item] of response.output.entries()) replayItem(sink, index, item);
  writeTerminal(sink, response);
  return sink.take();
}

function replayItem(sink: EventSink, index: number, item: OutputItem): void {
  switch (item.type) {
    case 'message':
      return replayMessage(sink, index, item);
    case 'reasoning':
      return replayReasoning(sink, index, item);
    case 'function_call': {
      const call = new OpenCall(sink, toCallStart('function', index, item));
      if (item.arguments) call.add(item.arguments);
      call.finish(item);
      return;
    }
    case 'custom_tool_call': {
      const call = new OpenCustomCall(sink, toCallStart('custom', index, item));
      call.add(toCustomArguments(item.input));
      call.finish(item);
      return;
    }
    default:
      writeWholeItem(sink, index, item);
  }
}

function replayMessage(sink: EventSink, index: number, item: OutputItem & { type: 'message' }): void {
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
  message.finish(item);
}

function replayReasoning(sink: EventSink, index: number, item: OutputItem & { type: 'reasoning' }): void {
  const reasoning = new OpenReasoning(sink, { index, id: item.id, asSummary: false });
  for (const [part, { text }] of item.summary.entries()) reasoning.add(text, { form: 'summary', index: part });
  for (const [part, { text }] of (item.content ?? []).entries()) reasoning.add(text, { form: 'text', index: part });
  reasoning.finish(item);
}

type Call = OutputItem & { type: 'function_call' | 'custom_tool_call' };

function toCallStart(kind: 'function' | 'custom', index: number, { id, call_id, name, namespace, async }: Call) {
  return { index, id, callId: call_id, tool: { kind, name, ...omitUndefined({ namespace, isAsync: async }) } };
}
