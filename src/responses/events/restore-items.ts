import type { EventSink } from './event-sink.ts';
import type { KeptState } from './kept-state.ts';
import type { LoggedItem } from './logged-item.ts';
import type { OutputItems } from './output-items.ts';
import type { PassedItems } from './passed-items.ts';
import { closeCutItem, restoreItem } from './restore-item.ts';

interface Parts {
  sink: EventSink;
  items: OutputItems;
  passed: PassedItems;
  kept: KeptState;
  seal: ((text: string) => string) | undefined;
}

/**
 * Restores the output of an earlier execution. The sent part of a reply that was cut is closed, and marked as superseded:
 * another reply replaces it. Items of unfinished calls stay open.
 */
export function restoreItems(logged: readonly LoggedItem[], { sink, items, passed, kept, seal }: Parts): void {
  for (const [index, entry] of logged.entries()) {
    const { item, isDone, isCut } = entry;
    if (isCut) kept.keep(item.id, { agent_superseded: true });
    if (isDone) items.add(item);
    else if (isCut) items.add(closeCutItem(sink, { index, logged: entry, seal }));
    else {
      const open = restoreItem(sink, { index, logged: entry, seal });
      if (open) items.open(open);
      else passed.restore(item);
    }
  }
}
