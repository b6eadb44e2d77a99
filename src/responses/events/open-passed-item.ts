import { createItemId } from '../../ids.ts';
import type { OutputItem, ResponseEvent } from '../responses-deps.ts';
import type { Sink } from './event-sink.ts';
import { interruptItem } from './interrupt-item.ts';
import { type FinalStatus, type OpenItem, writeAdded, writeDone } from './open-item.ts';

type Fields = Record<string, unknown>;

/** Types whose items always have a status here, and not at every server. */
const needStatus: ReadonlySet<unknown> = new Set([
  'compaction',
  'custom_tool_call',
  'custom_tool_call_output',
  'function_call_output',
]);

interface PassedStart {
  index: number;
  item: Fields;
  /** Whether an earlier execution of the run has added the item. */
  isLogged?: boolean;
}

/** An item of a kind that only the agent knows. It passes as it came, and so do its events. */
export class OpenPassedItem implements OpenItem {
  readonly index: number;
  readonly id: string;
  readonly #sink: Sink<ResponseEvent>;
  #item: Fields;
  isEnded = false;

  constructor(sink: Sink<ResponseEvent>, { index, item, isLogged = false }: PassedStart) {
    this.#sink = sink;
    this.index = index;
    const { id } = item;
    this.id = typeof id === 'string' && id !== '' ? id : createItemId('item');
    this.#item = item;
    if (!isLogged) writeAdded(sink, index, this.#toOutput(item));
  }

  /** The agent may work on the item while it sends others. */
  get staysOpen(): boolean {
    return !this.isEnded;
  }

  /** Sets the final item. */
  end(item: Fields): void {
    this.#item = item;
    this.isEnded = true;
  }

  /** Adds the arguments that an event of the agent reports. An item that is interrupted has no other source for them. */
  note({ type, delta, arguments: text }: Fields): void {
    if (this.isEnded || this.#item['type'] !== 'mcp_call') return;
    const { arguments: soFar = '' } = this.#item;
    if (type === 'response.mcp_call_arguments.delta') this.#item = { ...this.#item, arguments: `${soFar}${delta}` };
    if (type === 'response.mcp_call_arguments.done') this.#item = { ...this.#item, arguments: text };
  }

  /** An item that has ended has its own status. Another one was interrupted. */
  close(status: FinalStatus): OutputItem {
    if (!this.isEnded) this.#interrupt(status);
    const item = this.#toOutput(this.#item);
    writeDone(this.#sink, this.index, item);
    return item;
  }

  snapshot(): OutputItem {
    return this.#toOutput(this.isEnded ? this.#item : interruptItem(this.#item, 'incomplete'));
  }

  #interrupt(status: FinalStatus): void {
    const item = interruptItem(this.#item, status);
    if (item !== this.#item && item['type'] === 'mcp_call') {
      const location = { item_id: this.id, output_index: this.index };
      this.#sink.add({ type: 'response.mcp_call.failed', sequence_number: this.#sink.number(), ...location });
    }
    this.end(item);
  }

  #toOutput(fields: Fields): OutputItem {
    const item = { ...fields, id: this.id };
    // The contract lets items of other types pass.
    return (needStatus.has(fields['type']) ? { status: 'completed', ...item } : item) as OutputItem;
  }
}

/** Returns an event of the agent with the place that its item has in this response. */
export function toPassedEvent(
  event: Fields,
  sequence: number,
  item: Pick<OpenItem, 'index' | 'id'> | undefined,
): ResponseEvent {
  const passed: Fields = { ...event, sequence_number: sequence };
  if (item && 'output_index' in event) passed['output_index'] = item.index;
  if (item && 'item_id' in event) passed['item_id'] = item.id;
  // The contract lets events of other types pass.
  return passed as unknown as ResponseEvent;
}
