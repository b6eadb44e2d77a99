import type { AgentEndReason, AgentEvent, AgentPart, AgentUsage } from '../../agent/agent-client.ts';
import type { Schemas } from '../../contract/types.ts';
import type { ApiError } from '../../errors/api-error.ts';
import { createItemId } from '../../ids.ts';
import type { ToolSet } from '../../tools/tool-set.ts';
import type { OutputItem, ResponseEvent, ResponseResource } from '../responses-deps.ts';
import { EventSink } from './event-sink.ts';
import { OpenCall } from './open-call.ts';
import { OpenCustomCall } from './open-custom-call.ts';
import type { FinalStatus, OpenCallItem, OpenItem } from './open-item.ts';
import { OpenMessage } from './open-message.ts';
import { OpenReasoning } from './open-reasoning.ts';
import { toAnnotation } from './to-annotation.ts';
import { toResponseError } from './to-response-error.ts';
import { toResponseUsage } from './to-response-usage.ts';
import { toTokenLogprobs } from './to-token-logprobs.ts';
import { writeStart, writeTerminal } from './write-lifecycle.ts';
import { writeWholeItem } from './write-whole-item.ts';

type WholeItem = Schemas['FunctionToolCallOutput'] | Schemas['CompactionItem'];

export interface AssemblerOptions {
  /** Maps the agent's tool names to those of the client. */
  tools: ToolSet;
  reasoningAsSummary: boolean;
  /** Returns the `encrypted_content` of reasoning; `undefined` when the client did not ask for it. */
  seal: ((text: string) => string) | undefined;
  /** The types of events sent before this run; numbering continues after them. */
  sentTypes?: readonly string[];
}

/**
 * Translates the agent's events to the events of one response, and accumulates the response. A stream and a plain reply
 * both come from here, so they always agree. Pure: no clock, socket or store.
 *
 * An item closes when the next one starts or the run ends, not at its last delta: only then is it known whether it is
 * `completed` or, cut short, `incomplete` and the last (Open Responses, "Items are state machines").
 */
export class ResponseAssembler {
  readonly #resource: ResponseResource;
  readonly #options: AssemblerOptions;
  readonly #sink: EventSink;
  readonly #output: OutputItem[] = [];
  readonly #calls = new Map<string, OpenCallItem>();
  /** Open items by index. There are several only during parallel calls. */
  #open: OpenItem[] = [];
  #message: OpenMessage | undefined;
  #reasoning: OpenReasoning | undefined;
  /** The agent's own token counts, once it has reported them. */
  usage: AgentUsage | undefined;
  /** The reason the run ended, once the agent has reported it. */
  endReason: AgentEndReason | undefined;

  /** `resource` is the response as it starts: in progress, with an empty output. */
  constructor(resource: ResponseResource, options: AssemblerOptions) {
    this.#resource = resource;
    this.#options = options;
    this.#sink = new EventSink(options.sentTypes?.length ?? 0);
  }

  /** Returns the first events of the response, except those already sent. */
  start(): ResponseEvent[] {
    writeStart(this.#sink, this.#resource, this.#options.sentTypes);
    return this.#sink.take();
  }

  /** Returns the events for one batch of agent events; possibly none. */
  take(batch: readonly AgentEvent[]): ResponseEvent[] {
    for (const event of batch) this.#apply(event);
    return this.#sink.take();
  }

  /** Returns the last events of a run that the agent ended. Every item closes before the terminal event. */
  end(usage: AgentUsage, completedAt: number): ResponseEvent[] {
    const reason = toIncompleteReason(this.endReason);
    this.#closeAll(reason ? 'incomplete' : 'completed');
    const resource = { ...this.#resource, output: this.#output, usage: toResponseUsage(usage) };
    if (reason) return this.#terminate({ ...resource, status: 'incomplete', incomplete_details: { reason } });
    return this.#terminate({ ...resource, status: 'completed', completed_at: completedAt });
  }

  /** Returns the terminal event of a run that failed. Its output so far stays, marked incomplete. */
  fail(error: ApiError): ResponseEvent[] {
    return this.#terminate({ ...this.#stopped(), status: 'failed', error: toResponseError(error) });
  }

  /** Returns the terminal event of a run that was stopped because its client left or cancelled it. */
  cancel(): ResponseEvent[] {
    return this.#terminate({ ...this.#stopped(), status: 'cancelled' });
  }

  /** Adds the one item of a compaction and returns its events. */
  addCompaction(sealed: string): ResponseEvent[] {
    this.#addWhole({ type: 'compaction', id: createItemId('cmp'), encrypted_content: sealed, status: 'completed' });
    return this.#sink.take();
  }

  /** The output so far, open items included. */
  get output(): OutputItem[] {
    return [...this.#output, ...this.#open.map((item) => item.snapshot())];
  }

  #stopped(): ResponseResource {
    return { ...this.#resource, output: this.output };
  }

  #terminate(response: ResponseResource): ResponseEvent[] {
    writeTerminal(this.#sink, response);
    return this.#sink.take();
  }

  #apply(event: AgentEvent): void {
    switch (event.type) {
      case 'text-start':
        return this.#inMessage().start('text');
      case 'text-delta':
        return this.#inMessage().addText(event.text, toTokenLogprobs(event.logprobs));
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
        // The item stays open until the next one starts; further reasoning becomes a new item.
        this.#reasoning = undefined;
        return;
      case 'annotation':
        return this.#inMessage().annotate(toAnnotation(event.annotation));
      case 'provider-data':
        return this.#addProviderData(event);
      case 'message-start':
      case 'item-start':
      case 'item-event':
      case 'item-end':
      case 'agent-state':
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
      this.#message = new OpenMessage(this.#sink, { index: this.#nextIndex() });
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

  /** Adds the data to its call, or that of the message to the item in progress. */
  #addProviderData({ callId, fields, agent }: Extract<AgentEvent, { type: 'provider-data' }>): void {
    if (callId !== undefined) this.#calls.get(callId)?.provider.add('fields', fields, agent);
    else this.#open.at(-1)?.provider.add('message_fields', fields, agent);
  }

  #addResult(callId: string, output: string | AgentPart[]): void {
    const id = createItemId('fco');
    this.#addWhole({ type: 'function_call_output', id, call_id: callId, output: toText(output), status: 'completed' });
  }

  #addWhole(item: WholeItem): void {
    this.#closeAll('completed');
    writeWholeItem(this.#sink, this.#nextIndex(), item);
    this.#output.push(item);
  }

  /** Closes calls in order, so that the output stays in the order of the indexes. */
  #closeEndedCalls(): void {
    for (let call = this.#open[0]; call && isCall(call) && call.ended; call = this.#open[0]) {
      this.#output.push(call.close('completed'));
      this.#open.shift();
    }
  }

  /** Closes every open item. Only the last can be `incomplete`: those before it had ended. */
  #closeAll(status: FinalStatus): void {
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

const toText = (output: string | AgentPart[]): string =>
  typeof output === 'string' ? output : output.map((part) => (part.type === 'text' ? part.text : '')).join('');

function toIncompleteReason(reason: AgentEndReason | undefined) {
  if (reason === 'length') return 'max_output_tokens';
  return reason === 'content-filter' ? 'content_filter' : undefined;
}
