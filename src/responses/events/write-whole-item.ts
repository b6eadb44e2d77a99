import type { OutputItem } from '../responses-deps.ts';
import type { Sink } from './event-sink.ts';
import { type ItemEvent, writeAdded, writeDone } from './open-item.ts';

/** Writes the events of an item that has no deltas. */
export function writeWholeItem(sink: Sink<ItemEvent>, index: number, item: OutputItem): void {
  writeAdded(sink, index, toAdded(item));
  writeDone(sink, index, item);
}

/** The statuses of hosted tools are their own, so their items are added as they are. */
function toAdded(item: OutputItem): OutputItem {
  const isOurs = item.type === 'function_call_output' || item.type === 'compaction';
  return isOurs ? { ...item, status: 'in_progress' } : item;
}
