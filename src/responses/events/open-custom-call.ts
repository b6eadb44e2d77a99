import type { Schemas } from '../../contract/types.ts';
import { createItemId } from '../../ids.ts';
import { omitUndefined } from '../../json/omit-undefined.ts';
import { CustomInputReader } from '../../tools/custom-tool.ts';
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

type CustomToolCall = Schemas['CustomToolCall'];

export type CustomCallEvent =
  | ItemEvent
  | EventOf<'response.custom_tool_call_input.delta' | 'response.custom_tool_call_input.done'>;

/** A call of a freeform tool. The agent writes the arguments of a function; the client reads the text in them. */
export class OpenCustomCall implements OpenCallItem {
  readonly index: number;
  readonly provider = new ItemProviderData();
  readonly id: string;
  ended = false;
  readonly #sink: Sink<CustomCallEvent>;
  readonly #call: CallStart;
  readonly #reader = new CustomInputReader();

  constructor(sink: Sink<CustomCallEvent>, call: CallStart) {
    this.#sink = sink;
    this.#call = call;
    this.index = call.index;
    this.id = call.id ?? createItemId('ctc');
    writeAdded(sink, this.index, this.#item('in_progress'));
  }

  /** Takes a piece of the function's arguments. */
  add(delta: string): void {
    this.#write(this.#reader.read(delta));
  }

  end(): void {
    if (this.ended) return;
    this.ended = true;
    this.#write(this.#reader.end());
    const { input } = this.#reader;
    this.#sink.add({ type: 'response.custom_tool_call_input.done', ...this.#location(), input });
  }

  close(status: FinalStatus): CustomToolCall {
    // Ends first: the item holds the whole input.
    this.end();
    return this.finish(this.#item(status));
  }

  /** Closes the call as this item. */
  finish(item: CustomToolCall): CustomToolCall {
    this.end();
    writeDone(this.#sink, this.index, item);
    return item;
  }

  snapshot(): CustomToolCall {
    return this.#item('incomplete');
  }

  #write(delta: string): void {
    if (delta) this.#sink.add({ type: 'response.custom_tool_call_input.delta', ...this.#location(), delta });
  }

  #item(status: CustomToolCall['status']): CustomToolCall {
    const { callId, tool } = this.#call;
    return {
      type: 'custom_tool_call',
      id: this.id,
      status,
      call_id: callId,
      name: tool.name,
      ...omitUndefined({ namespace: tool.namespace }),
      input: this.#reader.input,
      ...this.provider.toField(),
    };
  }

  #location() {
    return { sequence_number: this.#sink.number(), item_id: this.id, output_index: this.index };
  }
}
