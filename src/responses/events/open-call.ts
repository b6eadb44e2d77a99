import type { Schemas } from '../../contract/types.ts';
import { createItemId } from '../../ids.ts';
import { omitUndefined } from '../../json/omit-undefined.ts';
import type { EventOf, Sink } from './event-sink.ts';
import { ItemProviderData } from './item-provider-data.ts';
import {
  type CallStart,
  type FinalStatus,
  type ItemEvent,
  type OpenCallItem,
  writeAdded,
  writeDone,
} from './open-item.ts';

type FunctionToolCall = Schemas['FunctionToolCall'];

export type CallEvent =
  | ItemEvent
  | EventOf<'response.function_call_arguments.delta' | 'response.function_call_arguments.done'>;

/** A call of a function tool. */
export class OpenCall implements OpenCallItem {
  readonly index: number;
  readonly provider: ItemProviderData;
  readonly id: string;
  ended = false;
  readonly #sink: Sink<CallEvent>;
  readonly #call: CallStart;
  #arguments = '';

  constructor(sink: Sink<CallEvent>, call: CallStart, provider = new ItemProviderData()) {
    this.#sink = sink;
    this.#call = call;
    this.provider = provider;
    this.index = call.index;
    this.id = call.id ?? createItemId('fc');
    writeAdded(sink, this.index, this.#item('in_progress'));
  }

  add(delta: string): void {
    this.#arguments += delta;
    this.#sink.add({ type: 'response.function_call_arguments.delta', ...this.#location(), delta });
  }

  end(): void {
    if (this.ended) return;
    this.ended = true;
    this.#sink.add({
      type: 'response.function_call_arguments.done',
      ...this.#location(),
      name: this.#call.tool.name,
      arguments: this.#arguments,
    });
  }

  close(status: FinalStatus): FunctionToolCall {
    return this.finish(this.#item(status));
  }

  /** Closes the call as this item. */
  finish(item: FunctionToolCall): FunctionToolCall {
    this.end();
    writeDone(this.#sink, this.index, item);
    return item;
  }

  snapshot(): FunctionToolCall {
    return this.#item('incomplete');
  }

  #item(status: FunctionToolCall['status']): FunctionToolCall {
    return {
      type: 'function_call',
      id: this.id,
      status,
      call_id: this.#call.callId,
      name: this.#call.tool.name,
      ...omitUndefined({ namespace: this.#call.tool.namespace, async: this.#call.tool.isAsync }),
      arguments: this.#arguments,
      ...this.provider.toField(),
    };
  }

  #location() {
    return { sequence_number: this.#sink.number(), item_id: this.id, output_index: this.index };
  }
}
