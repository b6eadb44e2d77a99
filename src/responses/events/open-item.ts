import type { ClientTool } from '../../tools/tool-set.ts';
import type { OutputItem } from '../responses-deps.ts';

/** How an item ends: an item that could not be finished is `incomplete`, and then the last of its response. */
export type ItemStatus = 'completed' | 'incomplete';

/**
 * An output item in the making. Each kind writes its own events: `output_item.added` when it is made, deltas as they
 * come, `output_item.done` when it is closed.
 */
export interface OpenItem {
  readonly index: number;
  /** Ends what is still open inside, writes the item's last event, and returns the finished item. */
  close(status: ItemStatus): OutputItem;
  /** The item as far as it got, for a response that failed. Writes nothing. */
  snapshot(): OutputItem;
}

/** A tool call in the making. */
export interface OpenCallItem extends OpenItem {
  /** Are the arguments whole? */
  readonly ended: boolean;
  add(delta: string): void;
  /** The arguments are whole; the item itself is closed later, when it is known whether the run was cut short. */
  end(): void;
}

export interface CallStart {
  index: number;
  callId: string;
  tool: ClientTool;
}
