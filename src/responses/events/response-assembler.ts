import type { AgentEvent, AgentUsage, EncryptedReasoning } from '../../agent/agent-client.ts';
import type { Schemas } from '../../contract/types.ts';
import type { ApiError } from '../../errors/api-error.ts';
import { createItemId } from '../../ids.ts';
import type { OutputItem, ResponseEvent, ResponseResource } from '../responses-deps.ts';
import type { AssemblerOptions } from './assembler-options.ts';
import { EventSink } from './event-sink.ts';
import { hasResults } from './has-results.ts';
import { KeptState } from './kept-state.ts';
import type { LoggedItem } from './logged-item.ts';
import { OpenMessage } from './open-message.ts';
import { OpenReasoning } from './open-reasoning.ts';
import { OutputCalls } from './output-calls.ts';
import { OutputItems } from './output-items.ts';
import { PassedItems } from './passed-items.ts';
import { restoreItems } from './restore-items.ts';
import { RunOutcome } from './run-outcome.ts';
import { toAnnotation } from './to-annotation.ts';
import { toResponseFailure } from './to-response-failure.ts';
import { toResponseUsage } from './to-response-usage.ts';
import { toResultItem } from './to-result-item.ts';
import { toTokenLogprobs } from './to-token-logprobs.ts';
import { writeStart, writeTerminal } from './write-lifecycle.ts';
import { writeSteerAccepted } from './write-steer-accepted.ts';
import { writeWholeItem } from './write-whole-item.ts';

type WholeItem = Schemas['FunctionToolCallOutput'] | Schemas['CompactionItem'];

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
  readonly #items = new OutputItems();
  readonly #calls: OutputCalls;
  readonly #passed: PassedItems;
  #message: OpenMessage | undefined;
  #reasoning: OpenReasoning | undefined;
  /** What is stored with the response, and not sent. */
  readonly kept: KeptState;
  readonly outcome = new RunOutcome();

  /** `resource` is the response as it starts: in progress, with an empty output. */
  constructor(resource: ResponseResource, options: AssemblerOptions) {
    this.#resource = resource;
    this.#options = options;
    this.#sink = new EventSink(options.sentTypes?.length ?? 0);
    this.kept = new KeptState(options.kept);
    this.#passed = new PassedItems({
      sink: this.#sink,
      items: this.#items,
      kept: this.kept,
      sealCall: options.sealCall,
    });
    this.#calls = new OutputCalls(this.#sink, this.#items, options.tools);
    if (options.logged) this.#restore(options.logged);
    // The replies of earlier executions count.
    for (const step of options.journal ?? []) this.outcome.note({ type: 'step', step });
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
    const reason = this.outcome.incompleteReason;
    this.#items.closeAll(reason ? 'incomplete' : 'completed');
    this.#passed.carryInterrupted();
    const resource = { ...this.#resource, output: this.output, usage: toResponseUsage(usage) };
    if (reason) return this.#terminate({ ...resource, status: 'incomplete', incomplete_details: { reason } });
    return this.#terminate({ ...resource, status: 'completed', completed_at: completedAt });
  }

  /** Returns the terminal event of a run that failed. Its output so far stays, marked incomplete. */
  fail(error: ApiError): ResponseEvent[] {
    return this.#terminate({ ...this.#stopped(), status: 'failed', error: toResponseFailure(error) });
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
    return this.#items.all;
  }

  /** Whether a tool of the loop has returned a result. */
  get hasResults(): boolean {
    return hasResults(this.#items.finished);
  }

  /** Restores the output of an earlier execution. Writes the events that close what was cut. */
  #restore(logged: readonly LoggedItem[]): void {
    const parts = { sink: this.#sink, items: this.#items, passed: this.#passed, kept: this.kept };
    restoreItems(logged, { ...parts, seal: this.#options.seal });
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
        return this.#inReasoning().add(event.text, event.part);
      case 'tool-call-start':
        this.#closeForParallel();
        return this.#calls.start(event);
      case 'tool-call-delta':
        return this.#calls.add(event.callId, event.arguments);
      case 'tool-call-end':
        // A held call becomes an item now.
        if (this.#calls.isHeld(event.callId)) this.#closeForParallel();
        return this.#calls.end(event.callId);
      case 'tool-result':
        return this.#addWhole(toResultItem(event.callId, event.output));
      case 'reasoning-end':
        return this.#endReasoning(event.encrypted);
      case 'message-start':
        this.#startMessage(event.phase);
        return;
      case 'annotation':
        return this.#inMessage().annotate(toAnnotation(event.annotation));
      case 'provider-data':
        return this.#calls.addProviderData(event);
      case 'item-start':
        this.#closeForParallel();
        return this.#passed.start(event.key, event.item, event.call);
      case 'item-event':
        return this.#passed.add(event.key, event.event);
      case 'item-end':
        return this.#passed.end(event.key, event.item, event.call);
      case 'agent-state':
        this.kept.agentState = event.state;
        return;
      case 'step':
        if (event.step.type === 'steer-accepted') writeSteerAccepted(this.#sink, this.#resource.id, event.step.id);
        return this.outcome.note(event);
      case 'usage':
      case 'run-end':
        return this.outcome.note(event);
      default:
        return event satisfies never;
    }
  }

  #inMessage(): OpenMessage {
    return this.#message ?? this.#startMessage();
  }

  #startMessage(phase: string | undefined = undefined): OpenMessage {
    this.#closeEarlier();
    this.#message = new OpenMessage(this.#sink, { index: this.#items.nextIndex, phase });
    this.#items.open(this.#message);
    return this.#message;
  }

  #inReasoning(): OpenReasoning {
    if (!this.#reasoning) {
      this.#closeEarlier();
      const { reasoningAsSummary: asSummary, seal } = this.#options;
      this.#reasoning = new OpenReasoning(this.#sink, { index: this.#items.nextIndex, asSummary, seal });
      this.#items.open(this.#reasoning);
    }
    return this.#reasoning;
  }

  /** The item stays open until the next one starts; further reasoning becomes a new item. */
  #endReasoning(encrypted: EncryptedReasoning | undefined): void {
    if (this.#reasoning && encrypted) {
      this.#reasoning.encrypt(encrypted);
      this.kept.encrypt(this.#reasoning.id, encrypted);
    }
    this.#reasoning = undefined;
  }

  #addWhole(item: WholeItem): void {
    this.#closeEarlier();
    writeWholeItem(this.#sink, this.#items.nextIndex, item);
    this.#items.add(item);
  }

  #closeForParallel(): void {
    if (this.#items.closeForParallel()) this.#leaveText();
  }

  #closeEarlier(): void {
    this.#items.closeEarlier();
    this.#leaveText();
  }

  #leaveText(): void {
    this.#message = undefined;
    this.#reasoning = undefined;
  }
}
