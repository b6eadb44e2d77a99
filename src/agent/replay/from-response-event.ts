import type { SentEvent } from '../../contract/sent-event.ts';
import type { AgentEvent, AgentLogprob } from '../agent-client.ts';
import { type Fields, toFields, toFieldsList, toStringOf } from '../fields.ts';
import { fromStreamError } from '../upstream/errors/from-stream-error.ts';
import { fromFailedResponse } from './from-recorded-error.ts';
import { PassedItems } from './passed-items.ts';
import { type CallReader, createCallReader } from './read-calls.ts';

type BlockType = 'text' | 'reasoning' | 'refusal';

/**
 * Reads the events of one response, in order, as agent events. `agentRuns` has the ids of the calls that the agent ran
 * itself: their results are in the output.
 */
export class ResponseReader {
  readonly #calls: CallReader;
  readonly #passed = new PassedItems();
  /** The indexes of the items that events have reported. */
  readonly #reported = new Set<unknown>();
  #openBlock: BlockType | undefined;
  #events: AgentEvent[] = [];
  hasEnded = false;

  constructor(agentRuns: ReadonlySet<string>) {
    this.#calls = createCallReader(agentRuns);
  }

  /** Throws an ApiError for an event that reports a failure. */
  read(event: Fields): AgentEvent[] {
    this.#apply(event);
    return this.#take();
  }

  /** Reads an ended response: the items that no event has reported, and the end. Throws when the response failed. */
  end(response: Fields): AgentEvent[] {
    this.#applyEnd(response);
    return this.#take();
  }

  #apply(event: Fields): void {
    const { output_index: index, item, response } = event;
    // Another server may have sent other events: they reach the default.
    const kind = event['type'] as SentEvent['type'] | 'error';
    switch (kind) {
      case 'response.output_text.delta':
        return this.#addDelta('text', event);
      case 'response.output_text.annotation.added':
        return this.#annotate(event['annotation']);
      case 'response.refusal.delta':
        return this.#addDelta('refusal', event);
      case 'response.reasoning_text.delta':
      case 'response.reasoning_summary_text.delta':
        return this.#addDelta('reasoning', event);
      case 'response.output_item.added':
        this.#enter(undefined);
        this.#passed.start(toFields(item), index, this.#events);
        return this.#calls.start(toFields(item), index, this.#events);
      case 'response.function_call_arguments.delta':
      case 'response.custom_tool_call_input.delta':
        return this.#calls.extend(index, toStringOf(event['delta']), this.#events);
      case 'response.content_part.done':
        return this.#enter(undefined);
      case 'response.output_item.done':
        return this.#finishItem(toFields(item), index);
      case 'response.completed':
      case 'response.incomplete':
      case 'response.failed':
        return this.#applyEnd(toFields(response));
      case 'error':
        throw fromStreamError(event);
      case 'response.created':
      case 'response.queued':
      case 'response.in_progress':
      case 'response.content_part.added':
      case 'response.output_text.done':
      case 'response.refusal.done':
      case 'response.reasoning_text.done':
      case 'response.reasoning_summary_part.added':
      case 'response.reasoning_summary_part.done':
      case 'response.reasoning_summary_text.done':
      case 'response.function_call_arguments.done':
      case 'response.custom_tool_call_input.done':
      case 'response.steer.accepted':
        return;
      case 'response.mcp_list_tools.in_progress':
      case 'response.mcp_list_tools.completed':
      case 'response.mcp_list_tools.failed':
      case 'response.mcp_call.in_progress':
      case 'talaria:mcp_call.progress':
      case 'response.mcp_call_arguments.delta':
      case 'response.mcp_call_arguments.done':
      case 'response.mcp_call.completed':
      case 'response.mcp_call.failed':
      case 'response.shell_call_command.added':
      case 'response.shell_call_command.delta':
      case 'response.shell_call_command.done':
        return this.#passed.add(event, this.#events);
      default:
        kind satisfies never;
        return this.#passed.add(event, this.#events);
    }
  }

  #applyEnd(response: Fields): void {
    this.hasEnded = true;
    for (const [index, item] of toFieldsList(response['output']).entries()) {
      if (!this.#reported.has(index)) this.#finishItem(item, index);
    }
    this.#enter(undefined);
    if (response['status'] !== 'completed' && response['status'] !== 'incomplete') {
      throw fromFailedResponse(response['error']);
    }
    this.#events.push(...toUsage(response['usage']), { type: 'run-end', ...toEnd(response, this.#calls) });
  }

  #addDelta(block: BlockType, event: Fields): void {
    this.#reported.add(event['output_index']);
    this.#add(block, event);
  }

  #add(block: BlockType, { delta, logprobs }: Fields): void {
    if (typeof delta !== 'string' || delta === '') return;
    this.#enter(block);
    if (block !== 'text') this.#events.push({ type: `${block}-delta`, text: delta });
    else this.#events.push({ type: 'text-delta', text: delta, ...toLogprobs(logprobs) });
  }

  #annotate(annotation: unknown): void {
    const { type, ...fields } = toFields(annotation);
    if (typeof type !== 'string') return;
    this.#enter('text');
    this.#events.push({ type: 'annotation', annotation: { type, ...fields } });
  }

  /** Ends the open block, unless it is this one, and starts this one. */
  #enter(block: BlockType | undefined): void {
    if (this.#openBlock === block) return;
    if (this.#openBlock !== undefined) this.#events.push({ type: `${this.#openBlock}-end` });
    if (block !== undefined) this.#events.push({ type: `${block}-start` });
    this.#openBlock = block;
  }

  #finishItem(item: Fields, index: unknown): void {
    this.#enter(undefined);
    this.#passed.finish(item, index, this.#events);
    if (item['type'] !== 'message' && item['type'] !== 'reasoning') this.#calls.finish(item, index, this.#events);
    else if (!this.#reported.has(index)) this.#addContent(item);
    this.#reported.add(index);
  }

  #addContent(item: Fields): void {
    const block = item['type'] === 'reasoning' ? 'reasoning' : 'text';
    for (const part of [...toFieldsList(item['content']), ...toFieldsList(item['summary'])]) {
      const { type, text, refusal, logprobs, annotations } = part;
      this.#add(type === 'refusal' ? 'refusal' : block, { delta: text ?? refusal, logprobs });
      for (const annotation of toFieldsList(annotations)) this.#annotate(annotation);
      this.#enter(undefined);
    }
  }

  #take(): AgentEvent[] {
    const events = this.#events;
    this.#events = [];
    return events;
  }
}

function toEnd({ status, incomplete_details: details }: Fields, calls: CallReader) {
  if (status !== 'incomplete') return { reason: calls.hasOpenCalls ? ('tool-calls' as const) : ('stop' as const) };
  const detail = toStringOf(toFields(details)['reason']);
  if (detail === 'content_filter') return { reason: 'content-filter' as const };
  return detail === 'max_output_tokens' || detail === ''
    ? { reason: 'length' as const }
    : { reason: 'incomplete' as const, detail };
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
