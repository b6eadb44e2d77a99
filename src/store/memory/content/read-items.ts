import type { ConversationHistory } from '../../conversation-store.ts';
import type { HistoryBounds } from '../../history-bounds.ts';
import { countHeads, readCut } from '../../shared/cut-history.ts';
import { toLimitedItems } from '../../shared/to-limited-items.ts';
import { countBytes, fromSerializedItem, type SerializedItem } from './serialized-item.ts';

/** Returns the items of a conversation that the bounds allow. */
export function readItems(
  items: readonly SerializedItem[],
  bounds: HistoryBounds,
): Omit<ConversationHistory, 'sessionId'> {
  if (items.length <= bounds.items && countBytes(items) <= bounds.bytes)
    return { items: items.map(fromSerializedItem) };
  const heads = items
    .map((item, index) => ({ ...item, index }))
    .slice(-countHeads(bounds))
    .reverse();
  const read = readCut(heads, bounds, {
    from: ({ index }) => items.slice(index).map(fromSerializedItem),
    one: (head) => [fromSerializedItem(head)],
    toItem: (item) => item,
  });
  return toLimitedItems(read);
}
