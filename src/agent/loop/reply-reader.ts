import { createCallId, createItemId } from '../../ids.ts';
import { omitUndefined } from '../../json/omit-undefined.ts';
import type { AgentEvent, AgentEventBatch, AgentUsage } from '../agent-client.ts';
import { toHostedFields, toItemPrefix } from './hosted-items.ts';
import type { PlannedCall } from './journal-step.ts';
import type { LoopState, ReplyStep } from './loop-state.ts';
import type { OfferedTools } from './offered-tools.ts';
import { parseArguments } from './parse-arguments.ts';
import { ReplyCollector } from './reply-collector.ts';
import { ReplyItems } from './reply-items.ts';
import { TextHold } from './text-hold.ts';

export interface ReplyOptions {
  offered: OfferedTools;
  state: LoopState;
  /** Whether calls of the client's functions are held until the reply is whole. */
  holdsCalls: boolean;
  /** How much text waits for a possible call; `undefined`: none. */
  preambleCharacters: number | undefined;
  /** Whether the client answers calls of tools that were not offered. */
  hasClientTools: boolean;
  /** Whether the reply is kept as Responses items too. */
  keepsItems: boolean;
  /** How many further server-side calls the run may make. */
  maxCalls: number;
  /** Which details of hosted calls the client receives. */
  include: readonly string[];
}

/** A reply that is whole. */
export interface Reply {
  step: ReplyStep;
  /** Events that were held until the reply was whole. */
  held: AgentEvent[];
}

/** Where a call goes. */
type Target =
  | { kind: 'server'; server: string; tool: string; hosted?: string; needsApproval: boolean }
  | { kind: 'client' };

/** Reads one reply of the model: passes on what the client receives, and collects the rest. */
export class ReplyReader {
  readonly #options: ReplyOptions;
  readonly #collector = new ReplyCollector();
  readonly #items: ReplyItems | undefined;
  readonly #text: TextHold;
  readonly #targets = new Map<string, Target>();
  /** Ids that this run has used before, with those that replace them. */
  readonly #renamed = new Map<string, string>();
  readonly #heldCalls: AgentEvent[] = [];
  #usage: AgentUsage | undefined;
  #agentState: string | undefined;
  #end: ReplyStep['end'] | undefined;
  /** Whether the agent ran tools of its own in this reply. */
  ranTools = false;

  constructor(options: ReplyOptions) {
    this.#options = options;
    this.#items = options.keepsItems ? new ReplyItems() : undefined;
    this.#text = new TextHold(options.preambleCharacters);
  }

  /** The texts of the reply, to estimate its tokens. */
  get texts() {
    return this.#collector.texts;
  }

  /** Returns the events of a batch to pass on now. */
  read(batch: AgentEventBatch): AgentEvent[] {
    return batch.flatMap((event) => this.#read(this.#rename(event)));
  }

  /** Returns the whole reply; `undefined` when the agent ended it without a reason. */
  finish(): Reply | undefined {
    const end = this.#end;
    if (!end) return undefined;
    const planned = this.#isCut(end) ? [] : this.#planCalls();
    const calls = planned.slice(0, Math.max(0, this.#options.maxCalls));
    const continues = this.#continues(calls, planned.length);
    const { message, results } = this.#collector;
    const items = this.#items?.items;
    const step: ReplyStep = {
      type: 'reply-finished',
      message,
      calls,
      ...(results.length > 0 ? { results } : {}),
      ...(continues && items ? { items } : {}),
      ...(continues ? { continues } : {}),
      end: this.#toEnd(end, calls, planned.length),
      ...(this.#usage ? { usage: this.#usage } : {}),
      ...(this.#agentState === undefined ? {} : { agentState: this.#agentState }),
    };
    return { step, held: [...this.#text.end(continues), ...this.#heldCalls] };
  }

  /** Returns what is held of a reply that has no end. */
  release(): AgentEvent[] {
    return [...this.#text.end(false), ...this.#heldCalls];
  }

  #isCut({ reason }: ReplyStep['end']): boolean {
    return reason !== 'stop' && reason !== 'tool-calls';
  }

  #continues(calls: readonly PlannedCall[], planned: number): true | undefined {
    const isAnswered = calls.length > 0 && calls.length === planned && !this.#callsClient;
    return isAnswered && calls.every(({ approvalId }) => approvalId === undefined) ? true : undefined;
  }

  /** Returns how a run ends after this reply and its calls. */
  #toEnd(end: ReplyStep['end'], calls: readonly PlannedCall[], planned: number): ReplyStep['end'] {
    if (calls.length < planned) return { reason: 'incomplete', detail: 'max_tool_calls' };
    return calls.length > 0 && !this.#callsClient ? { reason: 'stop' } : end;
  }

  get #callsClient(): boolean {
    return this.#targets.values().some(({ kind }) => kind === 'client');
  }

  #planCalls(): PlannedCall[] {
    return [...this.#targets].flatMap(([callId, target]) => {
      const text = this.#collector.argumentsOf(callId);
      if (target.kind !== 'server' || text === undefined) return [];
      const { server, tool, hosted } = target;
      const asks = target.needsApproval && parseArguments(text) !== undefined;
      const call = { callId, server, tool, arguments: text, ...toHostedFields(hosted, this.#options.include) };
      const itemId = createItemId(toItemPrefix(call));
      const approvalId = asks ? createItemId('mcpr') : undefined;
      return { ...call, itemId, ...omitUndefined({ approvalId, provider: this.#collector.providerOf(callId) }) };
    });
  }

  /** Some models number the calls of each reply from 0. Ids are unique within a run. */
  #rename(event: AgentEvent): AgentEvent {
    if (!('callId' in event) || event.callId === undefined) return event;
    if (event.type === 'tool-call-start' && this.#options.state.hasCall(event.callId)) {
      this.#renamed.set(event.callId, createCallId());
    }
    const callId = this.#renamed.get(event.callId);
    return callId === undefined ? event : { ...event, callId };
  }

  #read(event: AgentEvent): AgentEvent[] {
    this.#collector.add(event);
    this.#items?.add(event);
    switch (event.type) {
      case 'usage':
        this.#usage = event.usage;
        return [];
      case 'agent-state':
        this.#agentState = event.state;
        return [];
      case 'run-end': {
        const { reason, detail } = event;
        this.#end = detail === undefined ? { reason } : { reason, detail };
        return [];
      }
      case 'tool-call-start':
        this.#aim(event);
        return this.#readCall(event.callId, event);
      case 'tool-call-delta':
      case 'tool-call-end':
        return this.#readCall(event.callId, event);
      case 'provider-data':
        return event.callId === undefined ? this.#text.pass(event) : this.#readCall(event.callId, event);
      default:
        return this.#text.pass(event);
    }
  }

  #aim({ callId, name, agentRuns }: Extract<AgentEvent, { type: 'tool-call-start' }>): void {
    if (agentRuns) {
      this.ranTools = true;
      return;
    }
    const { offered, hasClientTools } = this.#options;
    const guessed = offered.guess(name);
    // Some models write the name of a tool without the changes that made it valid.
    const found = offered.find(name) ?? offered.findTool(guessed);
    if (found) {
      const { server, tool, hosted, needsApproval } = found;
      const target = { kind: 'server' as const, server: server.label, tool: tool.name, needsApproval };
      this.#targets.set(callId, hosted === undefined ? target : { ...target, hosted });
      return;
    }
    const isClients = guessed.server === '' && (hasClientTools || offered.isEmpty);
    this.#targets.set(callId, isClients ? { kind: 'client' } : { kind: 'server', ...guessed, needsApproval: false });
  }

  #readCall(callId: string, event: AgentEvent): AgentEvent[] {
    const target = this.#targets.get(callId);
    if (target?.kind === 'server') return [];
    if (!target || !this.#options.holdsCalls) return [event];
    this.#heldCalls.push(event);
    return [];
  }
}
