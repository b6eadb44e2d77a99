import { createItemId } from '../../ids.ts';
import type { OutputItem, ResponseEvent } from '../responses-deps.ts';
import type { Sink } from './event-sink.ts';
import { type OpenItem, writeAdded, writeDone } from './open-item.ts';

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
    if (!isLogged) writeAdded(sink, index, this.snapshot());
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

  /** Its status is its own. */
  close(): OutputItem {
    const item = this.snapshot();
    writeDone(this.#sink, this.index, item);
    return item;
  }

  snapshot(): OutputItem {
    const item = { ...this.#item, id: this.id };
    // The contract lets items of other types pass.
    return (needStatus.has(this.#item['type']) ? { status: 'completed', ...item } : item) as OutputItem;
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
