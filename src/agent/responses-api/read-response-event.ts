import { ApiError } from '../../errors/api-error.ts';
import type { AgentEvent } from '../agent-client.ts';
import { type Fields, toFields, toFieldsList, toStringOf } from '../fields.ts';
import { isErrorFrame } from '../upstream/errors/error-frame.ts';
import { fromStreamError } from '../upstream/errors/from-stream-error.ts';
import { fromLogprobs } from '../upstream/from-logprobs.ts';
import { isCall, isOutput, PastItems } from './past-items.ts';
import { BlockReader, type ItemKey, type Place } from './read-blocks.ts';
import { CallReader } from './read-calls.ts';
import { readEnd } from './read-end.ts';
import { readOutput } from './read-output-parts.ts';
import type { ReaderOptions } from './reader-options.ts';
import { ReportedItems } from './reported-items.ts';

/** Reads the events of one response, in order, as agent events. Throws an ApiError for one that reports a failure. */
export class ResponseEventReader {
  readonly #options: ReaderOptions;
  /** The events of the current read. */
  readonly #events: AgentEvent[] = [];
  readonly #blocks = new BlockReader(this.#events);
  readonly #calls: CallReader;
  readonly #past: PastItems;
  readonly #reported = new ReportedItems();
  /** Items that have started and not finished. */
  readonly #unfinished = new Map<ItemKey, Fields>();
  /** The keys of items that pass as they are. */
  readonly #passed = new Set<ItemKey>();
  hasEnded = false;

  constructor(options: ReaderOptions) {
    this.#options = options;
    this.#calls = new CallReader(this.#events, options.clientTools);
    this.#past = new PastItems(options.past);
  }

  read(event: Fields): AgentEvent[] {
    this.#apply(event);
    return this.#events.splice(0);
  }

  /** Reads a response that is not streamed. */
  readDocument(response: Fields): AgentEvent[] {
    if (typeof response['status'] !== 'string' && isErrorFrame(response)) throw fromStreamError(response);
    this.#end(response, response['status']);
    return this.#events.splice(0);
  }

  #apply(event: Fields): void {
    const type = toStringOf(event['type']);
    const key = toKey(event);
    switch (type) {
      case 'response.created':
      case 'response.queued':
      case 'response.in_progress':
      case 'keepalive':
      case 'ping':
        return;
      case 'response.output_item.added':
        return this.#start(toFields(event['item']), toItemKey(event));
      case 'response.output_item.done':
        return this.#finish(toFields(event['item']), toItemKey(event));
      case 'response.completed':
      case 'response.incomplete':
      case 'response.failed':
      case 'response.cancelled':
        return this.#end(toFields(event['response']), type.slice('response.'.length));
      case 'error':
        throw fromStreamError(event['error'] ?? event);
      default:
        if (key !== undefined && this.#passed.has(key)) this.#pass(event, key);
        else if (!this.#readContent(type, event, key ?? '')) this.#pass(event, '');
    }
  }

  /** Reads an event about the content of an item. Returns whether its type is known. */
  #readContent(type: string, event: Fields, item: ItemKey): boolean {
    const { delta, text } = event;
    switch (type) {
      case 'response.output_text.delta':
        this.#blocks.add(toPlace(event, item, 'text'), toStringOf(delta), toLogprobs(event, delta));
        return true;
      case 'response.output_text.done':
        this.#blocks.complete(toPlace(event, item, 'text'), toStringOf(text), toLogprobs(event, text));
        return true;
      case 'response.output_text.annotation.added':
      case 'response.output_text_annotation.added':
        this.#blocks.annotate(toPlace(event, item, 'text'), toFields(event['annotation']));
        return true;
      case 'response.refusal.delta':
        this.#blocks.add(toPlace(event, item, 'refusal'), toStringOf(delta));
        return true;
      case 'response.refusal.done':
        this.#blocks.complete(toPlace(event, item, 'refusal'), toStringOf(event['refusal']));
        return true;
      case 'response.reasoning_text.delta':
      case 'response.reasoning.delta':
        this.#blocks.add(toPlace(event, item, 'thought'), toStringOf(delta));
        return true;
      case 'response.reasoning_text.done':
        this.#blocks.complete(toPlace(event, item, 'thought'), toStringOf(text));
        return true;
      case 'response.reasoning_summary_text.delta':
        this.#blocks.add(toPlace(event, item, 'summary'), toStringOf(delta));
        return true;
      case 'response.reasoning_summary_text.done':
        this.#blocks.complete(toPlace(event, item, 'summary'), toStringOf(text));
        return true;
      case 'response.function_call_arguments.delta':
      case 'response.custom_tool_call_input.delta':
        this.#calls.extend(item, toStringOf(delta));
        return true;
      // The item that follows has the same content.
      case 'response.function_call_arguments.done':
      case 'response.custom_tool_call_input.done':
      case 'response.content_part.added':
      case 'response.content_part.done':
      case 'response.reasoning_part.added':
      case 'response.reasoning_part.done':
      case 'response.reasoning_summary_part.added':
      case 'response.reasoning_summary_part.done':
      case 'response.reasoning.done':
        return true;
      default:
        return false;
    }
  }

  #start(item: Fields, key: ItemKey): void {
    this.#unfinished.set(key, item);
    if (this.#past.has(item)) return;
    if (isCall(item) && !this.#isPassed(item)) {
      this.#blocks.close();
      this.#calls.start(item, key);
    } else if (item['type'] === 'message') this.#blocks.setPhase(key, item['phase']);
    else if (this.#isPassed(item)) {
      this.#blocks.close();
      this.#passed.add(key);
      this.#events.push({ type: 'item-start', key: String(key), item });
    }
  }

  #finish(item: Fields, key: ItemKey): void {
    this.#unfinished.delete(key);
    this.#reported.add(item);
    if (item['type'] === 'message') this.#calls.isLast = false;
    if (this.#past.has(item)) return;
    switch (item['type']) {
      case 'message':
        return this.#finishMessage(item, key);
      case 'reasoning':
        return this.#finishReasoning(item, key);
      default:
        this.#blocks.close();
        if (this.#isPassed(item)) this.#finishPassed(item, key);
        else if (isOutput(item)) this.#addOutput(item);
        else this.#calls.finish(item, key);
    }
  }

  #finishMessage(item: Fields, key: ItemKey): void {
    this.#blocks.setPhase(key, item['phase']);
    const { content } = item;
    const parts = typeof content === 'string' ? [{ type: 'output_text', text: content }] : toFieldsList(content);
    for (const [index, { type, text, refusal, annotations, ...part }] of parts.entries()) {
      const form = type === 'refusal' ? ('refusal' as const) : ('text' as const);
      const place: Place = { item: key, form, part: index };
      this.#blocks.complete(place, toStringOf(refusal ?? text), toLogprobs(part, text));
      this.#blocks.completeAnnotations(place, toFieldsList(annotations));
    }
    this.#blocks.close();
  }

  #finishReasoning(item: Fields, key: ItemKey): void {
    for (const [index, { text }] of toFieldsList(item['summary']).entries()) {
      this.#blocks.complete({ item: key, form: 'summary', part: index }, toStringOf(text));
    }
    for (const [index, { text }] of toFieldsList(item['content']).entries()) {
      this.#blocks.complete({ item: key, form: 'thought', part: index }, toStringOf(text));
    }
    const content = toStringOf(item['encrypted_content']);
    this.#blocks.endReasoning(key, content === '' ? undefined : { agent: this.#options.agent, content });
  }

  #finishPassed(item: Fields, key: ItemKey): void {
    if (!this.#passed.has(key)) this.#events.push({ type: 'item-start', key: String(key), item });
    this.#events.push({ type: 'item-end', key: String(key), item });
  }

  #addOutput(item: Fields): void {
    const callId = toStringOf(item['call_id']);
    this.#calls.settle(callId);
    this.#events.push({ type: 'tool-result', callId, output: readOutput(item['output']) });
  }

  /** Whether an item passes as it is: one that has no form of its own among the agent's events. */
  #isPassed(item: Fields): boolean {
    switch (item['type']) {
      case 'message':
      case 'reasoning':
      case 'function_call':
        return false;
      case 'custom_tool_call':
        return !this.#calls.isClientTool(item);
      case 'function_call_output':
        return !this.#calls.has(toStringOf(item['call_id']));
      default:
        return true;
    }
  }

  #pass(event: Fields, key: ItemKey): void {
    this.#events.push({ type: 'item-event', key: String(key), event });
  }

  #end(response: Fields, status: unknown): void {
    this.hasEnded = true;
    const end = readEnd(response, status, this.#options);
    for (const [index, item] of toFieldsList(response['output']).entries()) {
      const id = toStringOf(item['id']);
      // What deltas alone reported is not repeated.
      if (!this.#reported.has(item)) this.#finish(item, this.#blocks.has(id) ? id : index);
    }
    for (const [key, item] of this.#unfinished) this.#finish(item, key);
    this.#blocks.close();
    this.#events.push(...end(this.#calls.state));
  }
}

export const createEndedEarly = (): ApiError => new ApiError('upstream_error', "The agent's stream ended early.");

/** Returns the item that an event is about. */
function toKey({ output_index: index, item_id: id }: Fields): ItemKey | undefined {
  if (typeof index === 'number') return index;
  return typeof id === 'string' ? id : undefined;
}

function toItemKey(event: Fields): ItemKey {
  return toKey(event) ?? toStringOf(toFields(event['item'])['id']);
}

function toPlace(event: Fields, item: ItemKey, form: Place['form']): Place {
  const part = form === 'summary' ? event['summary_index'] : event['content_index'];
  return { item, form, part: typeof part === 'number' ? part : 0 };
}

function toLogprobs({ logprobs }: Fields, text: unknown) {
  return Array.isArray(logprobs) && logprobs.length > 0 ? fromLogprobs(logprobs, toStringOf(text)) : [];
}
