import type { AgentEndReason, AgentEvent, AgentUsage } from '../../agent/agent-client.ts';
import type { Schemas } from '../../contract/types.ts';
import type { ApiError } from '../../errors/api-error.ts';
import { createItemId } from '../../ids.ts';
import type { ToolSet } from '../../tools/tool-set.ts';
import type { OutputItem, ResponseEvent, ResponseResource } from '../responses-deps.ts';
import { EventSink } from './event-sink.ts';
import { OpenCall } from './open-call.ts';
import { OpenCustomCall } from './open-custom-call.ts';
import type { ItemStatus, OpenCallItem, OpenItem } from './open-item.ts';
import { OpenMessage } from './open-message.ts';
import { OpenReasoning } from './open-reasoning.ts';
import { toResponseError } from './to-response-error.ts';
import { toResponseUsage } from './to-response-usage.ts';

type WholeItem = Schemas['FunctionToolCallOutput'] | Schemas['CompactionItem'];

export interface AssemblerOptions {
  /** What the agent's names of tools mean to the client. */
  tools: ToolSet;
  reasoningAsSummary: boolean;
  /** Makes reasoning's `encrypted_content`, when the client asked for it. */
  seal: ((text: string) => string) | undefined;
  /** The types of the events that were told before, on another occasion: numbers go on after them. */
  told?: readonly string[];
}

/**
 * Turns what an agent says into the events of one response, and holds the response as it grows. The events of the
 * stream and the resource of the plain reply come from here alone, so they can't disagree. Pure: it knows no clock,
 * socket or store.
 *
 * An item is closed when the next one starts or the run ends, not when its last delta came: only then is it known
 * whether it is `completed` or, cut short, `incomplete` and the last (Open Responses, "Items are state machines").
 */
export class ResponseAssembler {
  readonly #resource: ResponseResource;
  readonly #options: AssemblerOptions;
  readonly #sink: EventSink;
  readonly #output: OutputItem[] = [];
  readonly #calls = new Map<string, OpenCallItem>();
  /** Open items in the order of their index. Several only while calls are made in parallel. */
  #open: OpenItem[] = [];
  #message: OpenMessage | undefined;
  #reasoning: OpenReasoning | undefined;
  /** What the agent counted, once it has said so. */
  usage: AgentUsage | undefined;
  /** Why the run ended, once the agent has said so. */
  endReason: AgentEndReason | undefined;

  /** `resource` is the response as it starts: in progress, nothing in its output. */
  constructor(resource: ResponseResource, options: AssemblerOptions) {
    this.#resource = resource;
    this.#options = options;
    this.#sink = new EventSink(options.told?.length ?? 0);
  }

  /** The first events of every response, those left out that were told before. */
  start(): ResponseEvent[] {
    const response = this.#resource;
    for (const type of ['response.created', 'response.in_progress'] as const) {
      if (!this.#options.told?.includes(type)) this.#sink.add({ type, sequence_number: this.#sink.number(), response });
    }
    return this.#sink.take();
  }

  /** The events that one batch of the agent's makes; may be none. */
  take(batch: readonly AgentEvent[]): ResponseEvent[] {
    for (const event of batch) this.#apply(event);
    return this.#sink.take();
  }

  /** The last events of a run that came to its end. Each item is closed before the terminal event. */
  end(usage: AgentUsage, completedAt: number): ResponseEvent[] {
    const incomplete = this.endReason === 'length' || this.endReason === 'content-filter';
    this.#closeAll(incomplete ? 'incomplete' : 'completed');
    const resource = { ...this.#resource, output: this.#output, usage: toResponseUsage(usage) };
    if (incomplete) {
      const details = {
        reason: this.endReason === 'length' ? ('max_output_tokens' as const) : ('content_filter' as const),
      };
      const response = { ...resource, status: 'incomplete' as const, incomplete_details: details };
      this.#sink.add({ type: 'response.incomplete', sequence_number: this.#sink.number(), response });
    } else {
      const response = { ...resource, status: 'completed' as const, completed_at: completedAt };
      this.#sink.add({ type: 'response.completed', sequence_number: this.#sink.number(), response });
    }
    return this.#sink.take();
  }

  /** The last event of a run that broke. What was produced stays in the output, marked incomplete. */
  fail(error: ApiError): ResponseEvent[] {
    const response = { ...this.#stopped(), status: 'failed' as const, error: toResponseError(error) };
    this.#sink.add({ type: 'response.failed', sequence_number: this.#sink.number(), response });
    return this.#sink.take();
  }

  /** The last event of a run that was stopped, by its reader's leaving or on request. */
  cancel(): ResponseEvent[] {
    const response = { ...this.#stopped(), status: 'cancelled' as const };
    this.#sink.add({ type: 'response.incomplete', sequence_number: this.#sink.number(), response });
    return this.#sink.take();
  }

  /** The output so far; items still open as far as they got. */
  get output(): OutputItem[] {
    return [...this.#output, ...this.#open.map((item) => item.snapshot())];
  }

  #stopped(): ResponseResource {
    return { ...this.#resource, output: this.output };
  }

  #apply(event: AgentEvent): void {
    switch (event.type) {
      case 'text-start':
        return this.#inMessage().start('text');
      case 'text-delta':
        return this.#inMessage().addText(event.text, event.logprobs);
      case 'refusal-start':
        return this.#inMessage().start('refusal');
      case 'refusal-delta':
        return this.#inMessage().addRefusal(event.text);
      case 'text-end':
      case 'refusal-end':
        return this.#message?.end();
      case 'reasoning-start':
        this.#inReasoning();
        return;
      case 'reasoning-delta':
        return this.#inReasoning().add(event.text);
      case 'tool-call-start':
        return this.#startCall(event.callId, event.name);
      case 'tool-call-delta':
        return this.#calls.get(event.callId)?.add(event.arguments);
      case 'tool-call-end':
        return this.#calls.get(event.callId)?.end();
      case 'tool-result':
        return this.#addResult(event.callId, event.output);
      case 'reasoning-end':
        // It stays open until the next item starts; more reasoning is then an item of its own.
        this.#reasoning = undefined;
        return;
      case 'usage':
        this.usage = event.usage;
        return;
      case 'run-end':
        this.endReason = event.reason;
        return;
      default:
        return event satisfies never;
    }
  }

  #inMessage(): OpenMessage {
    if (!this.#message) {
      this.#closeAll('completed');
      this.#message = new OpenMessage(this.#sink, this.#nextIndex());
      this.#open.push(this.#message);
    }
    return this.#message;
  }

  #inReasoning(): OpenReasoning {
    if (!this.#reasoning) {
      this.#closeAll('completed');
      const { reasoningAsSummary: asSummary, seal } = this.#options;
      this.#reasoning = new OpenReasoning(this.#sink, { index: this.#nextIndex(), asSummary, seal });
      this.#open.push(this.#reasoning);
    }
    return this.#reasoning;
  }

  #startCall(callId: string, name: string): void {
    if (!this.#open.every(isCall)) this.#closeAll('completed');
    this.#closeEndedCalls();
    const tool = this.#options.tools.find(name);
    const start = { index: this.#nextIndex(), callId, tool };
    const call = tool.kind === 'custom' ? new OpenCustomCall(this.#sink, start) : new OpenCall(this.#sink, start);
    this.#calls.set(callId, call);
    this.#open.push(call);
  }

  /** The one item of a compaction. */
  addCompaction(sealed: string): ResponseEvent[] {
    this.#addWhole({ type: 'compaction', id: createItemId('cmp'), encrypted_content: sealed, status: 'completed' });
    return this.#sink.take();
  }

  #addResult(callId: string, output: string): void {
    const id = createItemId('fco');
    this.#addWhole({ type: 'function_call_output', id, call_id: callId, output, status: 'completed' });
  }

  /** An item that comes in one piece. */
  #addWhole(item: WholeItem): void {
    this.#closeAll('completed');
    const added = { sequence_number: this.#sink.number(), output_index: this.#nextIndex() };
    this.#sink.add({ type: 'response.output_item.added', ...added, item: { ...item, status: 'in_progress' } });
    const done = { sequence_number: this.#sink.number(), output_index: this.#nextIndex() };
    this.#sink.add({ type: 'response.output_item.done', ...done, item });
    this.#output.push(item);
  }

  /** In order, so that the output keeps the order of the indexes. */
  #closeEndedCalls(): void {
    for (let call = this.#open[0]; call && isCall(call) && call.ended; call = this.#open[0]) {
      this.#output.push(call.close('completed'));
      this.#open.shift();
    }
  }

  /** Closes what is open. With `incomplete` only the last item is cut short: those before it had ended. */
  #closeAll(status: ItemStatus): void {
    const last = this.#open.at(-1);
    for (const item of this.#open) this.#output.push(item.close(item === last ? status : 'completed'));
    this.#open = [];
    this.#message = undefined;
    this.#reasoning = undefined;
  }

  #nextIndex(): number {
    return this.#output.length + this.#open.length;
  }
}

const isCall = (item: OpenItem): item is OpenCallItem => 'ended' in item;
