import type { AgentEvent } from '../../agent/agent-client.ts';
import { isClientRunType } from '../../tools/client-run/client-run-kinds.ts';
import type { ToolSet } from '../../tools/tool-set.ts';
import type { EventSink } from './event-sink.ts';
import { HeldCall } from './held-call.ts';
import { OpenCall } from './open-call.ts';
import { OpenCustomCall } from './open-custom-call.ts';
import type { OpenCallItem } from './open-item.ts';
import type { OutputItems } from './output-items.ts';
import { writeClientRunCall } from './write-client-run-call.ts';

/**
 * The calls of one response, by id. Those of functions and custom tools stream as items. The others are held until they are
 * whole; one that was cut short becomes no item.
 */
export class OutputCalls {
  readonly #sink: EventSink;
  readonly #items: OutputItems;
  readonly #tools: ToolSet;
  readonly #open = new Map<string, OpenCallItem>();
  readonly #held = new Map<string, HeldCall>();

  constructor(sink: EventSink, items: OutputItems, tools: ToolSet) {
    this.#sink = sink;
    this.#items = items;
    this.#tools = tools;
  }

  isHeld(callId: string): boolean {
    return this.#held.has(callId);
  }

  /** Adds the data to its call, or that of the message to the item in progress. */
  addProviderData({ callId, fields, agent }: Extract<AgentEvent, { type: 'provider-data' }>): void {
    if (callId === undefined) this.#items.last?.provider?.add('message_fields', fields, agent);
    else (this.#held.get(callId) ?? this.#open.get(callId))?.provider?.add('fields', fields, agent);
  }

  start({ callId, name, agentRuns }: Extract<AgentEvent, { type: 'tool-call-start' }>): void {
    const tool = this.#tools.find(name);
    if (isClientRunType(tool.kind) && !agentRuns) {
      this.#held.set(callId, new HeldCall(callId, tool.kind));
      return;
    }
    const start = { index: this.#items.nextIndex, callId, tool };
    const call = tool.kind === 'custom' ? new OpenCustomCall(this.#sink, start) : new OpenCall(this.#sink, start);
    this.#open.set(callId, call);
    this.#items.open(call);
  }

  add(callId: string, text: string): void {
    const held = this.#held.get(callId);
    if (held) held.arguments += text;
    else this.#open.get(callId)?.add(text);
  }

  /** Completes a call. A held one becomes an item. */
  end(callId: string): void {
    const held = this.#held.get(callId);
    if (!held) return this.#open.get(callId)?.end();
    this.#held.delete(callId);
    this.#addHeld(held);
  }

  /** Arguments that do not fit become the call of a function: the client can answer it, and nothing is lost. */
  #addHeld(held: HeldCall): void {
    const { nextIndex: index } = this.#items;
    const item = held.toItem();
    if (item) {
      writeClientRunCall(this.#sink, index, item);
      this.#items.add(item);
      return;
    }
    const { callId, type: name, provider } = held;
    const call = new OpenCall(this.#sink, { index, callId, tool: { kind: 'function', name } }, provider);
    call.add(held.arguments);
    call.end();
    this.#items.open(call);
  }
}
