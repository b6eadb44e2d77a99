import type { Schemas } from '../../contract/types.ts';
import { createItemId } from '../../ids.ts';
import { omitUndefined } from '../../json/omit-undefined.ts';
import type { EventSink } from './event-sink.ts';
import type { CallStart, ItemStatus, OpenCallItem } from './open-item.ts';

type FunctionToolCall = Schemas['FunctionToolCall'];

/** A call of a function tool. */
export class OpenCall implements OpenCallItem {
  readonly index: number;
  readonly #id = createItemId('fc');
  readonly #sink: EventSink;
  readonly #call: CallStart;
  #arguments = '';
  /** Are the arguments whole? */
  ended = false;

  constructor(sink: EventSink, call: CallStart) {
    this.#sink = sink;
    this.index = call.index;
    this.#call = call;
    const item = this.#item('in_progress');
    sink.add({ type: 'response.output_item.added', sequence_number: sink.number(), output_index: this.index, item });
  }

  add(delta: string): void {
    this.#arguments += delta;
    this.#sink.add({ type: 'response.function_call_arguments.delta', ...this.#place(), delta });
  }

  end(): void {
    if (this.ended) return;
    this.ended = true;
    this.#sink.add({
      type: 'response.function_call_arguments.done',
      ...this.#place(),
      name: this.#call.tool.name,
      arguments: this.#arguments,
    });
  }

  close(status: ItemStatus): FunctionToolCall {
    this.end();
    const item = this.#item(status);
    const sequence_number = this.#sink.number();
    this.#sink.add({ type: 'response.output_item.done', sequence_number, output_index: this.index, item });
    return item;
  }

  snapshot(): FunctionToolCall {
    return this.#item('incomplete');
  }

  #item(status: FunctionToolCall['status']): FunctionToolCall {
    return {
      type: 'function_call',
      id: this.#id,
      status,
      call_id: this.#call.callId,
      name: this.#call.tool.name,
      ...omitUndefined({ namespace: this.#call.tool.namespace }),
      arguments: this.#arguments,
    };
  }

  #place() {
    return { sequence_number: this.#sink.number(), item_id: this.#id, output_index: this.index };
  }
}
