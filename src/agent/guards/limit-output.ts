import { limits } from '../../config/limits.ts';
import { MappedFlow } from '../../flow/mapped-flow.ts';
import type { AgentClient, AgentEvent, AgentEventBatch, AgentRequest } from '../agent-client.ts';
import { createAnswerTooLarge } from '../answer-too-large.ts';
import { OutputTokens } from './output-tokens.ts';

/**
 * Wraps an agent so that every answer is bounded. An answer beyond the request's `maxOutputTokens` is cut and ends with
 * the reason `length`; one beyond `maxBytes` fails with `answer_too_large`. Both stop the agent at once. All answers of
 * one client request share `maxBytes`.
 */
export function limitOutput(agent: AgentClient, maxBytes: number): AgentClient {
  return {
    models: (options) => agent.models(options),
    async run(request, options) {
      return new LimitedAnswer(new AnswerMeter(request, maxBytes), await agent.run(request, options));
    },
    [Symbol.asyncDispose]: () => agent[Symbol.asyncDispose](),
  };
}

/** Passes an answer on until it exceeds a limit. */
class LimitedAnswer extends MappedFlow<AgentEventBatch, AgentEventBatch> {
  readonly #meter: AnswerMeter;

  constructor(meter: AnswerMeter, batches: AsyncIterable<AgentEventBatch>) {
    super(batches);
    this.#meter = meter;
  }

  protected override map(batch: AgentEventBatch): AgentEventBatch | Promise<AgentEventBatch> {
    return this.#meter.add(batch) ? this.#cut(batch) : batch;
  }

  /** Returns the batch, up to the token limit. Stops the agent there. */
  async #cut(batch: AgentEventBatch): Promise<AgentEventBatch> {
    const cut = await this.#meter.cut(batch);
    if (cut) await this.close();
    return cut ?? batch;
  }
}

/** Measures one answer. */
class AnswerMeter {
  readonly #maxBytes: number;
  readonly #tokens: OutputTokens | undefined;
  #bytes = 0;
  #items = 0;
  #openBlock: 'text' | 'reasoning' | 'refusal' | undefined;

  constructor({ settings, answers = 1 }: AgentRequest, maxBytes: number) {
    this.#maxBytes = Math.ceil(maxBytes / answers);
    // Some clients send 0 or -1 for no limit.
    const { maxOutputTokens = 0 } = settings;
    this.#tokens = maxOutputTokens > 0 ? new OutputTokens(maxOutputTokens) : undefined;
  }

  /** Adds a batch. Returns whether the tokens must be counted now. Throws `answer_too_large`. */
  add(batch: AgentEventBatch): boolean {
    let mustCount = false;
    for (const event of batch) {
      const text = toText(event);
      this.#bytes += text.length + limits.answerEventBytes;
      if (event.type === 'tool-result') this.#bytes += toSize(event.output);
      else if (event.type === 'item-end') this.#bytes += toSize(event.item);
      else if (event.type === 'annotation') this.#bytes += toSize(event.annotation);
      else if (event.type === 'provider-data') this.#bytes += toSize(event.fields);
      if (text !== '' && this.#tokens?.add(text)) mustCount = true;
      this.#follow(event);
    }
    if (this.#bytes > this.#maxBytes || this.#items > limits.answerItems) throw createAnswerTooLarge();
    return mustCount;
  }

  /** Returns the batch up to the token limit and the end of the answer, or `undefined` when it is within the limit. */
  async cut(batch: AgentEventBatch): Promise<AgentEventBatch | undefined> {
    let excess = (await this.#tokens?.excess()) ?? 0;
    if (excess === 0) return undefined;
    const kept: AgentEvent[] = [];
    for (const event of batch.toReversed()) {
      if (event.type === 'run-end' || event.type === 'usage') continue;
      const shorter = excess > 0 ? shorten(event, excess) : event;
      excess -= toText(event).length;
      if (shorter) kept.push(shorter);
    }
    const usage = batch.filter((event) => event.type === 'usage');
    return kept.reverse().concat(this.#closing(), usage, { type: 'run-end', reason: 'length' });
  }

  #follow(event: AgentEvent): void {
    switch (event.type) {
      case 'text-start':
      case 'reasoning-start':
      case 'refusal-start':
        this.#items += 1;
        this.#openBlock =
          event.type === 'text-start' ? 'text' : event.type === 'refusal-start' ? 'refusal' : 'reasoning';
        return;
      case 'text-end':
      case 'reasoning-end':
      case 'refusal-end':
        this.#openBlock = undefined;
        return;
      case 'item-start':
      case 'tool-call-start':
      case 'tool-result':
      case 'annotation':
        this.#items += 1;
        return;
      default:
    }
  }

  /** Returns the event that ends the open block. A call that is cut has no end: it is not whole. */
  #closing(): AgentEvent[] {
    return this.#openBlock ? [{ type: `${this.#openBlock}-end` }] : [];
  }
}

const toSize = (value: object | string): number => (typeof value === 'string' ? value : JSON.stringify(value)).length;

/** Returns the text of an event that counts as model output. */
function toText(event: AgentEvent): string {
  switch (event.type) {
    case 'text-delta':
    case 'reasoning-delta':
    case 'refusal-delta':
      return event.text;
    case 'tool-call-delta':
      return event.arguments;
    case 'tool-call-start':
      return event.name;
    default:
      return '';
  }
}

/**
 * Removes the last characters of an event's text. Returns `undefined` when no text remains, and for the end of a call:
 * the call is cut.
 */
function shorten(event: AgentEvent, excess: number): AgentEvent | undefined {
  switch (event.type) {
    case 'text-delta':
    case 'reasoning-delta':
    case 'refusal-delta': {
      const text = cutEnd(event.text, excess);
      return text === '' ? undefined : { type: event.type, text };
    }
    case 'tool-call-delta': {
      const text = cutEnd(event.arguments, excess);
      return text === '' ? undefined : { ...event, arguments: text };
    }
    case 'tool-call-start':
    case 'tool-call-end':
    case 'provider-data':
      return undefined;
    default:
      return event;
  }
}

/** Removes characters at the end, never half of a surrogate pair. */
const cutEnd = (text: string, characters: number): string =>
  text.slice(0, Math.max(0, text.length - characters)).replace(/[\uD800-\uDBFF]$/, '');
