import type { Schemas } from '../../contract/types.ts';
import { createItemId } from '../../ids.ts';
import { omitUndefined } from '../../json/omit-undefined.ts';
import { CustomInputReader } from '../../tools/custom-tool.ts';
import type { EventSink } from './event-sink.ts';
import type { CallStart, ItemStatus, OpenCallItem } from './open-item.ts';

type CustomToolCall = Schemas['CustomToolCall'];

/** A call of a freeform tool. The agent writes a function's arguments; the client reads the text in them. */
export class OpenCustomCall implements OpenCallItem {
  readonly index: number;
  /** Is the input whole? */
  ended = false;
  readonly #id = createItemId('ctc');
  readonly #sink: EventSink;
  readonly #call: CallStart;
  readonly #reader = new CustomInputReader();

  constructor(sink: EventSink, call: CallStart) {
    this.#sink = sink;
    this.#call = call;
    this.index = call.index;
    const item = this.#item('in_progress');
    sink.add({ type: 'response.output_item.added', sequence_number: sink.number(), output_index: this.index, item });
  }

  add(delta: string): void {
    this.#write(this.#reader.read(delta));
  }

  end(): void {
    if (this.ended) return;
    this.ended = true;
    this.#write(this.#reader.end());
    const { input } = this.#reader;
    this.#sink.add({ type: 'response.custom_tool_call_input.done', ...this.#place(), input });
  }

  close(status: ItemStatus): CustomToolCall {
    this.end();
    const item = this.#item(status);
    const sequence_number = this.#sink.number();
    this.#sink.add({ type: 'response.output_item.done', sequence_number, output_index: this.index, item });
    return item;
  }

  snapshot(): CustomToolCall {
    return this.#item('incomplete');
  }

  #write(delta: string): void {
    if (delta) this.#sink.add({ type: 'response.custom_tool_call_input.delta', ...this.#place(), delta });
  }

  #item(status: CustomToolCall['status']): CustomToolCall {
    const { callId, tool } = this.#call;
    return {
      type: 'custom_tool_call',
      id: this.#id,
      status,
      call_id: callId,
      name: tool.name,
      ...omitUndefined({ namespace: tool.namespace }),
      input: this.#reader.input,
    };
  }

  #place() {
    return { sequence_number: this.#sink.number(), item_id: this.#id, output_index: this.index };
  }
}
