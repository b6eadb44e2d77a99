import { ApiError } from '../../errors/api-error.ts';
import { isObject } from '../../json/is-object.ts';
import type { AgentEndReason, AgentEvent, AgentUsage } from '../agent-client.ts';
import { messageProviderFields, pickProviderFields } from '../request/provider-fields.ts';
import { isErrorFrame } from '../upstream/errors/error-frame.ts';
import { fromStreamError } from '../upstream/errors/from-stream-error.ts';
import { fromLogprobs } from '../upstream/from-logprobs.ts';
import { BlockWriter } from './block-writer.ts';
import type { ChatChunk, ChatDelta, ChatToolCallDelta } from './chat-chunk.ts';
import { ChoiceReader } from './find-choice.ts';
import { toOwnEndReason } from './finish-reasons.ts';
import { fromChatUsage, fromOwnCounts } from './from-chat-usage.ts';
import { AgentToolReader } from './read-agent-tools.ts';
import { addParts } from './read-parts.ts';
import { type CallsEnd, createToolCallReader } from './read-tool-calls.ts';
import { toObjects } from './to-objects.ts';

/** Reads the chunks of one answer, in order. */
export interface ChunkReader {
  /** Whether the upstream has sent a finish reason. */
  isFinished(): boolean;
  /** Whether the upstream has sent token counts. */
  isCounted(): boolean;
  /** Whether the agent has run a tool itself. */
  runsTools(): boolean;
  /**
   * Translates one chunk. Throws `upstream_error` or `context_length_exceeded` when it reports an error or ends the
   * answer with a failure.
   */
  read(chunk: ChatChunk): AgentEvent[];
  /** Translates a chunk that only adds text, like the last one, and differs from it in nothing else. */
  readText(text: string): AgentEvent[];
  /** Reads only the token counts of a chunk that follows the end of the answer. */
  readUsage(chunk: ChatChunk): void;
  /** Translates an event about a tool that the agent runs itself. */
  readProgress(data: Record<string, unknown>, event: string): AgentEvent[];
  /**
   * Closes open blocks and calls; the last event is `run-end`. `isDone`: the upstream sent `[DONE]`. Throws
   * `upstream_error` for an answer without a finish reason that also lacks `[DONE]` or any content.
   */
  end(isDone: boolean): AgentEvent[];
}

/** `agent`: the name of the agent, for the provider data that it sends. */
export function createChunkReader(agent?: string): ChunkReader {
  let calls = createToolCallReader(agent);
  const tools = new AgentToolReader();
  /** The ids of all calls so far, in order. */
  const callIds = new Set<string>();
  const choices = new ChoiceReader();
  const out = new BlockWriter(agent);
  let isEmpty = true;
  let reason: AgentEndReason | undefined;
  let usage: AgentUsage | undefined;
  /** Counts of a lesser place, for an answer without others. */
  let ownCounts: AgentUsage | undefined;
  /** Log probabilities of text that is held back. */
  let heldLogprobs: unknown[] = [];

  const readDelta = (delta: ChatDelta): readonly ChatToolCallDelta[] => {
    const provider = pickProviderFields(delta, messageProviderFields);
    // Upstreams that send several of these fields send the same text in each.
    if (!out.addReasoning(delta.reasoning_content) && !out.addReasoning(delta.reasoning)) {
      if (provider) readDetails(provider.reasoning_details, delta);
    }
    if (typeof delta.content === 'string') out.addContent(delta.content);
    else if (delta.content) addParts(out, delta.content);
    out.add('refusal', delta.refusal);
    if (provider) out.addProviderFields(provider);
    if (delta.annotations) out.annotate(out.sources.readAnnotations(delta.annotations));
    return toCallDeltas(delta);
  };

  /** Reads the text of OpenRouter's details where it comes in no other field. */
  const readDetails = (details: unknown, { reasoning }: ChatDelta): void => {
    if (!Array.isArray(details) || typeof reasoning === 'string') return;
    for (const detail of details) {
      if (isObject(detail)) out.addReasoning(detail['text'] ?? detail['summary']);
    }
  };

  const addLogprobs = (content: unknown, events: AgentEvent[]): void => {
    if (!Array.isArray(content)) return;
    const delta = events.findLast((event) => event.type === 'text-delta');
    if (delta === undefined) {
      if (out.isHolding) heldLogprobs = heldLogprobs.concat(content);
      return;
    }
    const logprobs = fromLogprobs(heldLogprobs.concat(content), delta.text);
    heldLogprobs = [];
    if (logprobs.length > 0) delta.logprobs = logprobs;
  };

  const noteCalls = (events: readonly AgentEvent[]): void => {
    for (const event of events) if (event.type === 'tool-call-start') callIds.add(event.callId);
  };

  /** Reads the result of a call that the agent ran itself: the calls before it are none of the client's. */
  const readResult = (delta: ChatDelta): AgentEvent[] => {
    const events: AgentEvent[] = [];
    calls.end(events, true);
    calls = createToolCallReader(agent);
    noteCalls(events);
    isEmpty = false;
    out.endMessage();
    return [...out.take(), ...events, ...tools.addResult(delta, callIds)];
  };

  return {
    isFinished: () => reason !== undefined,
    runsTools: () => tools.hasRun,
    isCounted: () => (usage ?? ownCounts) !== undefined,
    readUsage(chunk) {
      usage = fromChatUsage(chunk, undefined) ?? usage;
    },
    read(chunk) {
      if (isErrorFrame(chunk)) throw fromStreamError(chunk);
      const choice = choices.find(chunk.choices);
      usage = fromChatUsage(chunk, choice) ?? usage;
      ownCounts = fromOwnCounts(chunk) ?? ownCounts;
      if (chunk.search_results || chunk.citations) {
        out.sources.addPages(chunk.search_results);
        out.sources.addPages(chunk.citations);
      }
      if (choice === undefined) return out.take();
      const delta = choices.toDelta(choice);
      if (delta?.role === 'tool') return readResult(delta);
      const deltas = delta === undefined ? [] : readDelta(delta);
      if (deltas.length > 0) out.enter(undefined);
      const events = calls.release(tools.isReadingResult ? [...tools.endResult(), ...out.take()] : out.take());
      if (choice.logprobs) addLogprobs(choice.logprobs.content, events);
      if (deltas.length > 0) calls.read(deltas, events);
      if (deltas.length > 0) noteCalls(events);
      reason = toOwnEndReason(choice.finish_reason, choice.native_finish_reason) ?? reason;
      if (events.length > 0) isEmpty = false;
      return events;
    },
    readText(text) {
      out.addContent(text);
      return calls.release(out.take());
    },
    readProgress(data, event) {
      const events = tools.readProgress(data, event);
      if (events.length === 0) return events;
      isEmpty = false;
      out.endMessage();
      return [...out.take(), ...events];
    },
    end(isDone) {
      const isWhole = reason === 'stop' || reason === 'tool-calls';
      const callEvents: AgentEvent[] = [];
      const end = calls.end(callEvents, isWhole);
      out.end(reason === 'stop' && !end.hadCalls);
      const events = [...tools.endResult(), ...out.take(), ...callEvents];
      if (reason === undefined && (!isDone || (isEmpty && events.length === 0))) {
        throw new ApiError('upstream_error', "The agent's stream ended early.");
      }
      const counted = usage ?? ownCounts;
      if (counted !== undefined) events.push({ type: 'usage', usage: counted });
      events.push(toRunEnd(reason, end));
      return events;
    },
  };
}

/**
 * Returns the end of an answer. Clients run calls only after the reason `tool-calls`, but some upstreams end a turn that
 * calls tools with `stop`, or with `[DONE]` alone. Text that ends so may be half of it: llama.cpp's Python server sends
 * only `[DONE]` when it interrupts a run.
 */
function toRunEnd(reason: AgentEndReason | undefined, { hadCalls, isCut }: CallsEnd): AgentEvent {
  switch (reason) {
    case undefined:
      if (hadCalls && !isCut) return { type: 'run-end', reason: 'tool-calls' };
      return { type: 'run-end', reason: 'incomplete' };
    case 'stop':
      return { type: 'run-end', reason: hadCalls ? 'tool-calls' : 'stop' };
    default:
      return { type: 'run-end', reason };
  }
}

function toCallDeltas({ tool_calls, function_call: call }: ChatDelta): readonly ChatToolCallDelta[] {
  const deltas = isObject(tool_calls) ? [tool_calls] : toObjects(tool_calls);
  return deltas.length === 0 && call ? [{ index: 0, function: call }] : deltas;
}
