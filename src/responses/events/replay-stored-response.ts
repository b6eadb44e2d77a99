import type { OutputItem, ResponseEvent, ResponseResource } from '../responses-deps.ts';
import { EventSink } from './event-sink.ts';
import type { CallEvent } from './open-call.ts';
import type { CustomCallEvent } from './open-custom-call.ts';
import type { MessageEvent } from './open-message.ts';
import type { ReasoningEvent } from './open-reasoning.ts';
import { replayCall, replayCustomCall, replayMessage, replayReasoning } from './replay-item.ts';
import { type McpEvent, replayMcpCall, replayMcpList } from './replay-mcp-item.ts';
import { type ClientRunEvent, writeClientRunCall } from './write-client-run-call.ts';
import { type LifecycleEvent, writeStart, writeTerminal } from './write-lifecycle.ts';
import { writeWholeItem } from './write-whole-item.ts';

type OwnItemEvent = MessageEvent | ReasoningEvent | CallEvent | CustomCallEvent | ClientRunEvent | McpEvent;
type ReplayedEvent = LifecycleEvent | OwnItemEvent;

/**
 * A response is queued before its run starts; a replay begins with the run. Steering and the progress of tools belong to
 * its live stream.
 */
type SkippedType = 'response.queued' | 'response.steer.accepted' | 'talaria:mcp_call.progress';

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
      replayMessage(sink, index, item).finish(item);
      return;
    case 'reasoning':
      replayReasoning(sink, index, { item }).finish(item);
      return;
    case 'function_call':
      replayCall(sink, index, item).finish(item);
      return;
    case 'custom_tool_call':
      replayCustomCall(sink, index, item).finish(item);
      return;
    case 'mcp_call':
      return replayMcpCall(sink, index, item);
    case 'mcp_list_tools':
      return replayMcpList(sink, index, item);
    case 'shell_call':
    case 'local_shell_call':
    case 'apply_patch_call':
    case 'tool_search_call':
      return writeClientRunCall(sink, index, item);
    default:
      writeWholeItem(sink, index, item);
  }
}
