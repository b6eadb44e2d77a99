import { ApiError } from '../../errors/api-error.ts';
import { isObject } from '../../json/is-object.ts';
import type { AgentEndReason, AgentEvent } from '../agent-client.ts';
import { fromStreamError } from '../upstream/errors/from-stream-error.ts';
import { fromLogprobs } from '../upstream/from-logprobs.ts';
import { toIndex } from '../upstream/to-index.ts';
import type { ChatChunk, ChatChunkChoice, ChatContentPart, ChatDelta, ChatToolCallDelta } from './chat-chunk.ts';
import { fromChatUsage } from './from-chat-usage.ts';
import { createToolCallReader } from './read-tool-calls.ts';

/** Reads the chunks of one answer, in order. */
export interface ChunkReader {
  /** Whether the upstream has sent a finish reason. */
  isFinished(): boolean;
  /** Translates one chunk. Throws `upstream_error` or `context_length_exceeded` when it reports an error. */
  read(chunk: ChatChunk): AgentEvent[];
  /**
   * Closes open blocks and calls; the last event is `run-end`. `isDone`: the upstream sent `[DONE]`. Throws
   * `upstream_error` for an incomplete answer: one without a finish_reason that also lacks `[DONE]` or any content.
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
  const addText = (block: BlockType, text: unknown, events: AgentEvent[]): boolean => {
    if (typeof text !== 'string' || text === '') return false;
    enter(block, events);
    events.push({ type: `${block}-delta`, text });
    return true;
  };
  const addParts = (parts: readonly (ChatContentPart | null)[], events: AgentEvent[]): void => {
    for (const part of parts) {
      if (part?.type !== 'thinking') addText('text', part?.text, events);
      else for (const thought of toObjects(part.thinking)) addText('reasoning', thought['text'], events);
    }
  };
  const readDelta = (delta: ChatDelta, events: AgentEvent[]): void => {
    // Upstreams that send both fields send the same text in both.
    if (!addText('reasoning', delta.reasoning_content, events)) addText('reasoning', delta.reasoning, events);
    if (Array.isArray(delta.content)) addParts(delta.content, events);
    else addText('text', delta.content, events);
    addText('refusal', delta.refusal, events);
    const deltas = toDeltas(delta);
    if (deltas.length === 0) return;
    enter(undefined, events);
    calls.read(deltas, events);
  };

  return {
    isFinished: () => finishReason !== undefined,
    read(chunk) {
      if (chunk.error) throw fromStreamError(chunk.error);
      const events: AgentEvent[] = [];
      usage = fromChatUsage(chunk.usage) ?? usage;
      const choice = findChoice(chunk);
      if (choice?.delta) readDelta(choice.delta, events);
      if (choice?.logprobs) addLogprobs(choice.logprobs.content, events);
      if (choice?.finish_reason === 'error') throw fromStreamError(choice);
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

/** Clients run calls only after the reason `tool-calls`, but some upstreams end a turn that calls tools with `stop`. */
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

/** Returns the first choice: only one was requested. A choice without an index counts as the first. */
function findChoice({ choices }: ChatChunk): ChatChunkChoice | undefined {
  if (!Array.isArray(choices)) return undefined;
  return choices.find((choice) => isObject(choice) && !(toIndex(choice['index']) ?? 0));
}

function toDeltas({ tool_calls, function_call: call }: ChatDelta): readonly ChatToolCallDelta[] {
  const deltas = toObjects(tool_calls);
  return deltas.length === 0 && call ? [{ index: 0, function: call }] : deltas;
}

const none: readonly [] = [];

/** Returns the objects of an optional list. Throws `upstream_error` when the value is not a list. */
function toObjects(value: unknown): readonly Record<string, unknown>[] {
  if (value === undefined || value === null) return none;
  if (Array.isArray(value)) return value.filter(isObject);
  throw new ApiError('upstream_error', "The agent's answer could not be read.");
}
