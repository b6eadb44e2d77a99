import type { ClientTool } from '../../tools/tool-set.ts';
import type { OutputItem } from '../responses-deps.ts';
import type { EventOf, Sink } from './event-sink.ts';
import type { ItemProviderData } from './item-provider-data.ts';

/** The final status of an item. An `incomplete` item is the last of its response. */
export type FinalStatus = 'completed' | 'incomplete';

export type ItemEvent = EventOf<'response.output_item.added' | 'response.output_item.done'>;

/**
 * An output item in progress. Each kind writes its own events: `output_item.added` when it opens, deltas as they come,
 * `output_item.done` when it closes.
 */
export interface OpenItem {
  readonly index: number;
  readonly id: string;
  /** Whether the item stays open when another one starts. Omitted: it does not. */
  readonly staysOpen?: boolean;
  /** Opaque data of the provider, which the finished item has. Omitted for items that have none. */
  readonly provider?: ItemProviderData;
  /** Ends what is still open inside, writes `output_item.done`, and returns the finished item. */
  close(status: FinalStatus): OutputItem;
  /** Returns the item as it is if the response ends now. Writes nothing. */
  snapshot(): OutputItem;
}

/** A tool call in progress. */
export interface OpenCallItem extends OpenItem {
  /** Whether the arguments are complete. */
  readonly ended: boolean;
  add(delta: string): void;
  /** Completes the arguments. The item closes later, when it is known whether the run was cut short. */
  end(): void;
}

export interface ItemStart {
  index: number;
  /** The id of a stored item that is replayed; omitted for a new item. */
  id?: string;
}

export interface CallStart extends ItemStart {
  callId: string;
  tool: ClientTool;
}

export function writeAdded(sink: Sink<ItemEvent>, index: number, item: OutputItem): void {
  sink.add({ type: 'response.output_item.added', sequence_number: sink.number(), output_index: index, item });
}

export function writeDone(sink: Sink<ItemEvent>, index: number, item: OutputItem): void {
  sink.add({ type: 'response.output_item.done', sequence_number: sink.number(), output_index: index, item });
}
