import { type OpenSealed, openCall } from '../../items/open-sealed.ts';
import type { StoredItem } from '../../store/stored-item.ts';

/**
 * Replaces reasoning items that carry a call of the tool loop by that call. Element n stays element n. A client that
 * keeps the call's own item sends it twice: both become the complete one.
 */
export function restoreCalls(input: StoredItem[], open: OpenSealed): StoredItem[] {
  const calls = new Map<string, StoredItem>();
  const items = input.map((item, index) => {
    const call = openCall(item, open, `input[${index}]`);
    if (call) calls.set(call.id, call);
    return call ?? item;
  });
  return calls.size === 0 ? items : items.map((item) => calls.get(item.id) ?? item);
}
