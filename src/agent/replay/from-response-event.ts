import type { AgentEvent, AgentLogprob } from '../agent-client.ts';
import { fromStreamError } from '../upstream/errors/from-stream-error.ts';
import { type Fields, toFields, toFieldsList, toStringOf } from './fields.ts';
import { fromFailedResponse } from './from-recorded-error.ts';
import { type CallReader, createCallReader } from './read-calls.ts';

type BlockType = 'text' | 'reasoning' | 'refusal';

/** Reads the events of one response, in order. */
export interface ResponseReader {
  /** Throws an ApiError for one that says that the response failed. */
  read(event: Fields): AgentEvent[];
  /** Reads a response that has ended: what no event has told before, and how it ended. Throws when it failed. */
  end(response: Fields): AgentEvent[];
  readonly hasEnded: boolean;
}

const deltas: Record<string, BlockType> = {
  'response.output_text.delta': 'text',
  'response.refusal.delta': 'refusal',
  'response.reasoning_text.delta': 'reasoning',
  'response.reasoning_summary_text.delta': 'reasoning',
};

/** `agentRuns`: the ids of the calls whose results are in the output: they are not the client's to run. */
export function createResponseReader(agentRuns: ReadonlySet<string>): ResponseReader {
  const calls = createCallReader(agentRuns);
  /** Output items of which anything was said, by their index. */
  const heard = new Set<unknown>();
  let openBlock: BlockType | undefined;
  let hasEnded = false;

  const enter = (block: BlockType | undefined, events: AgentEvent[]): void => {
    if (openBlock === block) return;
    if (openBlock !== undefined) events.push({ type: `${openBlock}-end` });
    if (block !== undefined) events.push({ type: `${block}-start` });
    openBlock = block;
  };
  const say = (block: BlockType, { delta, logprobs }: Fields, events: AgentEvent[]): void => {
    if (typeof delta !== 'string' || delta === '') return;
    enter(block, events);
    if (block !== 'text') events.push({ type: `${block}-delta`, text: delta });
    else events.push({ type: 'text-delta', text: delta, ...toLogprobs(logprobs) });
  };
  const sayWhole = (item: Fields, events: AgentEvent[]): void => {
    const block = item['type'] === 'reasoning' ? 'reasoning' : 'text';
    for (const { type, text, refusal, logprobs } of [
      ...toFieldsList(item['content']),
      ...toFieldsList(item['summary']),
    ]) {
      say(type === 'refusal' ? 'refusal' : block, { delta: text ?? refusal, logprobs }, events);
      enter(undefined, events);
    }
  };
  const finishItem = (item: Fields, index: unknown, events: AgentEvent[]): void => {
    enter(undefined, events);
    if (item['type'] === 'message' || item['type'] === 'reasoning') {
      if (!heard.has(index)) sayWhole(item, events);
    } else calls.finish(item, index, events);
    heard.add(index);
  };

  const reader: ResponseReader = {
    get hasEnded() {
      return hasEnded;
    },
    read(event) {
      const events: AgentEvent[] = [];
      const { output_index: index, item, response } = event;
      const type = toStringOf(event['type']);
      const block = deltas[type];
      if (block !== undefined) {
        heard.add(index);
        say(block, event, events);
        return events;
      }
      switch (type) {
        case 'response.output_item.added':
          enter(undefined, events);
          calls.start(toFields(item), index, events);
          return events;
        case 'response.function_call_arguments.delta':
        case 'response.custom_tool_call_input.delta':
          calls.extend(index, toStringOf(event['delta']), events);
          return events;
        case 'response.content_part.done':
          enter(undefined, events);
          return events;
        case 'response.output_item.done':
          finishItem(toFields(item), index, events);
          return events;
        case 'response.completed':
        case 'response.incomplete':
        case 'response.failed':
          return reader.end(toFields(response));
        case 'error':
          throw fromStreamError(event);
        default:
          return events;
      }
    },
    end(response) {
      hasEnded = true;
      const events: AgentEvent[] = [];
      for (const [index, item] of toFieldsList(response['output']).entries()) {
        if (!heard.has(index)) finishItem(item, index, events);
      }
      enter(undefined, events);
      if (response['status'] !== 'completed' && response['status'] !== 'incomplete') {
        throw fromFailedResponse(response['error']);
      }
      events.push(...toUsage(response['usage']), { type: 'run-end', reason: toReason(response, calls) });
      return events;
    },
  };
  return reader;
}

function toReason({ status, incomplete_details: details }: Fields, calls: CallReader) {
  if (status === 'incomplete') {
    return toFields(details)['reason'] === 'content_filter' ? ('content-filter' as const) : ('length' as const);
  }
  return calls.hasOpenCalls ? ('tool-calls' as const) : ('stop' as const);
}

function toUsage(usage: unknown): AgentEvent[] {
  const { input_tokens: input, output_tokens: output, ...details } = toFields(usage);
  if (typeof input !== 'number' || typeof output !== 'number') return [];
  const toCount = (value: unknown): number => (typeof value === 'number' ? value : 0);
  return [
    {
      type: 'usage',
      usage: {
        inputTokens: input,
        cachedInputTokens: toCount(toFields(details['input_tokens_details'])['cached_tokens']),
        outputTokens: output,
        reasoningTokens: toCount(toFields(details['output_tokens_details'])['reasoning_tokens']),
      },
    },
  ];
}

function toLogprobs(value: unknown): { logprobs?: AgentLogprob[] } {
  const list = toFieldsList(value);
  if (list.length === 0) return {};
  return {
    logprobs: list.map((entry) => ({
      ...toLogprob(entry),
      topLogprobs: toFieldsList(entry['top_logprobs']).map(toLogprob),
    })),
  };
}

function toLogprob({ token, logprob, bytes }: Fields): Omit<AgentLogprob, 'topLogprobs'> {
  const isBytes = Array.isArray(bytes) && bytes.every((byte) => typeof byte === 'number');
  return {
    token: toStringOf(token),
    logprob: typeof logprob === 'number' ? logprob : 0,
    bytes: isBytes ? bytes : null,
  };
}
