import { ApiError } from '../../errors/api-error.ts';
import { isObject } from '../../json/is-object.ts';
import type { AgentEndReason, AgentEvent } from '../agent-client.ts';
import { isContextError } from '../upstream/is-context-error.ts';
import { toIndex } from '../upstream/to-index.ts';
import type { ChatChunk, ChatChunkChoice, ChatContentPart, ChatDelta, ChatToolCallDelta } from './chat-chunk.ts';
import { fromChatUsage } from './from-chat-usage.ts';
import { fromLogprobs } from './from-logprobs.ts';
import { createToolCallReader } from './read-tool-calls.ts';

/** Reads the chunks of one answer, in order. */
export interface ChunkReader {
  /** Has the upstream said why the answer ends? No getter: each object literal with one has a shape of its own. */
  isFinished(): boolean;
  /** Throws `upstream_error`, or `context_length_exceeded`, when the chunk is an error. */
  read(chunk: ChatChunk): AgentEvent[];
  /**
   * Closes what is open; the last event is `run-end`. `isDone`: the upstream said `[DONE]`. Throws `upstream_error`
   * when the answer was cut off: no finish_reason, and not even `[DONE]` after some content.
   */
  end(isDone: boolean): AgentEvent[];
}

type BlockType = 'text' | 'reasoning' | 'refusal';

export function createChunkReader(): ChunkReader {
  const calls = createToolCallReader();
  let openBlock: BlockType | undefined;
  let isEmpty = true;
  let finishReason: string | undefined;
  let usage: AgentEvent | undefined;

  const enter = (block: BlockType | undefined, events: AgentEvent[]): void => {
    if (openBlock === block) return;
    if (openBlock !== undefined) events.push({ type: `${openBlock}-end` });
    if (block !== undefined) events.push({ type: `${block}-start` });
    openBlock = block;
  };
  const say = (block: BlockType, text: unknown, events: AgentEvent[]): boolean => {
    if (typeof text !== 'string' || text === '') return false;
    enter(block, events);
    events.push({ type: `${block}-delta`, text });
    return true;
  };
  const sayParts = (parts: readonly (ChatContentPart | null)[], events: AgentEvent[]): void => {
    for (const part of parts) {
      if (part?.type !== 'thinking') say('text', part?.text, events);
      else for (const thought of toObjects(part.thinking)) say('reasoning', thought['text'], events);
    }
  };
  const readDelta = (delta: ChatDelta, events: AgentEvent[]): void => {
    // An upstream that sends both fields sends the same text in both.
    if (!say('reasoning', delta.reasoning_content, events)) say('reasoning', delta.reasoning, events);
    if (Array.isArray(delta.content)) sayParts(delta.content, events);
    else say('text', delta.content, events);
    say('refusal', delta.refusal, events);
    const deltas = toDeltas(delta);
    if (deltas.length === 0) return;
    enter(undefined, events);
    calls.read(deltas, events);
  };

  return {
    isFinished: () => finishReason !== undefined,
    read(chunk) {
      if (chunk.error) throw toStreamError(chunk.error);
      const events: AgentEvent[] = [];
      usage = fromChatUsage(chunk.usage) ?? usage;
      const choice = findChoice(chunk);
      if (choice?.delta) readDelta(choice.delta, events);
      if (choice?.logprobs) addLogprobs(choice.logprobs.content, events);
      if (choice?.finish_reason === 'error') throw toStreamError(choice);
      if (choice?.finish_reason)
        finishReason = typeof choice.finish_reason === 'string' ? choice.finish_reason : 'stop';
      if (events.length > 0) isEmpty = false;
      return events;
    },
    end(isDone) {
      const events: AgentEvent[] = [];
      enter(undefined, events);
      const hasCalls = calls.end(events, finishReason !== 'length');
      if (finishReason === undefined && (!isDone || (isEmpty && events.length === 0))) {
        throw new ApiError('upstream_error', "The agent's stream ended early.");
      }
      if (usage !== undefined) events.push(usage);
      events.push({ type: 'run-end', reason: mapFinishReason(finishReason, hasCalls) });
      return events;
    },
  };
}

/** What went wrong upstream is for the log: it may name hosts and files of that machine. */
export function toStreamError(detail: unknown): ApiError {
  const text = JSON.stringify(detail);
  const cause = new Error(`the upstream reported: ${text}`);
  // Clients switch on this code. Some upstreams find out only when their stream has begun.
  if (isContextError(text)) {
    const message = "The conversation is longer than the agent's context window.";
    return new ApiError('context_length_exceeded', message, { cause });
  }
  return new ApiError('upstream_error', 'The agent reported an error while it answered.', { cause });
}

/** Some upstreams end a turn that calls tools with `stop`; clients wait for the calls' results only when told so. */
function mapFinishReason(finishReason: string | undefined, hasCalls: boolean): AgentEndReason {
  switch (finishReason) {
    case 'length':
      return 'length';
    case 'content_filter':
      return 'content-filter';
    case 'tool_calls':
    case 'function_call':
      return 'tool-calls';
    default:
      return hasCalls ? 'tool-calls' : 'stop';
  }
}

function addLogprobs(content: unknown, events: AgentEvent[]): void {
  const delta = events.findLast((event) => event.type === 'text-delta');
  if (delta === undefined || !Array.isArray(content)) return;
  const logprobs = fromLogprobs(content, delta.text);
  if (logprobs.length > 0) delta.logprobs = logprobs;
}

/** The first: no other was asked for. One without an index is it too. */
function findChoice({ choices }: ChatChunk): ChatChunkChoice | undefined {
  if (!Array.isArray(choices)) return undefined;
  return choices.find((choice) => isObject(choice) && !(toIndex(choice['index']) ?? 0));
}

function toDeltas({ tool_calls, function_call: call }: ChatDelta): readonly ChatToolCallDelta[] {
  const deltas = toObjects(tool_calls);
  return deltas.length === 0 && call ? [{ index: 0, function: call }] : deltas;
}

const none: readonly [] = [];

/** The objects of a list that may be absent. Throws `upstream_error` when it is no list. */
function toObjects(value: unknown): readonly Record<string, unknown>[] {
  if (value === undefined || value === null) return none;
  if (Array.isArray(value)) return value.filter(isObject);
  throw new ApiError('upstream_error', "The agent's answer could not be read.");
}
