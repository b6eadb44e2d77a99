import type { HostedCall } from '../../agent/agent-client.ts';
import { createItemId } from '../../ids.ts';
import type { ResponseEvent } from '../responses-deps.ts';
import type { AssemblerOptions } from './assembler-options.ts';
import type { Sink } from './event-sink.ts';
import type { KeptState } from './kept-state.ts';
import { writeAdded, writeDone } from './open-item.ts';
import { OpenPassedItem, toPassedEvent } from './open-passed-item.ts';
import type { OutputItems } from './output-items.ts';

type Fields = Record<string, unknown>;

/** The types of the tool loop's calls. */
export const loopCalls: ReadonlySet<unknown> = new Set([
  'mcp_call',
  'web_search_call',
  'file_search_call',
  'code_interpreter_call',
]);

interface PassedItemsOptions extends Pick<AssemblerOptions, 'sealCall'> {
  sink: Sink<ResponseEvent>;
  items: OutputItems;
  kept: KeptState;
}

/** The items of one response that pass as they came, by the agent's key. */
export class PassedItems {
  readonly #sink: Sink<ResponseEvent>;
  readonly #items: OutputItems;
  readonly #kept: KeptState;
  readonly #passed = new Map<string, OpenPassedItem>();
  /** The first call of the reply whose calls the tool loop runs now. */
  #reply = '';
  /** The loop's calls in progress. */
  readonly #running = new Set<string>();
  #isAsking = false;
  readonly #sealCall: AssemblerOptions['sealCall'];

  constructor({ sink, items, kept, sealCall }: PassedItemsOptions) {
    this.#sink = sink;
    this.#items = items;
    this.#kept = kept;
    this.#sealCall = sealCall;
  }

  /** `call`: what the item does not show, if the run ends before it. */
  start(key: string, item: Fields, call?: HostedCall): void {
    // An earlier execution of the run began it.
    if (this.#passed.has(key)) return;
    const passed = new OpenPassedItem(this.#sink, { index: this.#items.nextIndex, item });
    this.#add(key, passed);
    if (call) this.#kept.keep(passed.id, { agent_call: call });
    // The tool loop names its items by their ids; an agent's have other keys.
    if (item['id'] === key) this.#noteCall(key, item['type']);
  }

  /** Restores an item that the log has, and that is open. */
  restore(item: Fields & { id: string }): void {
    this.#add(item.id, new OpenPassedItem(this.#sink, { index: this.#items.nextIndex, item, isLogged: true }));
    this.#running.add(item.id);
  }

  #add(key: string, item: OpenPassedItem): void {
    this.#passed.set(key, item);
    this.#items.open(item);
  }

  /** Keeps which calls belong to one reply: those that run at the same time, and the requests for approval after them. */
  #noteCall(id: string, type: unknown): void {
    const isAsking = type === 'mcp_approval_request';
    if (!isAsking && !loopCalls.has(type)) return;
    if (this.#running.size === 0 && !(isAsking && this.#isAsking)) this.#reply = id;
    this.#isAsking = isAsking;
    if (!isAsking) this.#running.add(id);
    this.#kept.keep(id, { agent_reply: this.#reply });
  }

  /** An event of an unknown type may also be about an item of a known one: the last. */
  add(key: string, event: Fields): void {
    const passed = this.#passed.get(key);
    passed?.note(event);
    const item = passed ?? this.#items.last;
    this.#sink.add(toPassedEvent(event, this.#sink.number(), item));
  }

  /** `call`: what the item does not show. */
  end(key: string, item: Fields, call?: HostedCall): void {
    const passed = this.#passed.get(key);
    if (!passed || passed.isEnded) return;
    passed.end(item);
    const isOurs = this.#running.delete(key);
    if (call) this.#kept.keep(passed.id, { agent_call: call });
    this.#items.close(passed);
    if (isOurs) this.#carry(passed);
  }

  /** Carries the loop's calls that ended with the response. */
  carryInterrupted(): void {
    for (const key of this.#running) {
      const call = this.#passed.get(key);
      if (call) this.#carry(call);
    }
  }

  /**
   * Adds a reasoning item that carries a call that has ended. Clients that store no response send the history themselves, and
   * some, such as Codex, drop items of a type that they don't know, or what a hosted tool returned. They keep reasoning.
   */
  #carry(call: OpenPassedItem): void {
    if (!this.#sealCall) return;
    const [stored] = this.#kept.toStoredOutput([call.snapshot()]);
    if (!stored) return;
    const carrier = { type: 'reasoning' as const, id: createItemId('rs'), summary: [] };
    const index = this.#items.nextIndex;
    writeAdded(this.#sink, index, { ...carrier, status: 'in_progress' });
    const item = { ...carrier, status: 'completed' as const, encrypted_content: this.#sealCall(stored) };
    writeDone(this.#sink, index, item);
    this.#items.add(item);
  }
}
