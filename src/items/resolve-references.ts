import { ApiError } from '../errors/api-error.ts';
import { itemNotFound } from '../errors/not-found.ts';
import type { HistoryLimits } from '../store/history-bounds.ts';
import type { Store } from '../store/store.ts';
import type { StoredItem } from '../store/stored-item.ts';

export interface ReferenceContext {
  store: Store;
  tenant: string;
  /** The request field that holds the items, for errors. */
  list: 'input' | 'items';
  /** Limits on the referenced items; an item counts once per reference. */
  limits: HistoryLimits;
}

/**
 * Replaces each `item_reference` by the stored item. Throws `item_not_found` for an unknown id, and
 * `context_length_exceeded` above the limits, before any item is read.
 */
export async function resolveReferences(
  items: StoredItem[],
  { store, tenant, list, limits }: ReferenceContext,
): Promise<StoredItem[]> {
  const ids = items.filter(isReference).map((item) => item.id);
  if (ids.length === 0) return items;
  if (ids.length > limits.items) throw tooLong(limits, list);
  const distinct = [...new Set(ids)];
  const sizes = await store.responses.measureItems(tenant, distinct);
  if (ids.reduce((sum, id) => sum + (sizes.get(id) ?? 0), 0) > limits.bytes) throw tooLong(limits, list);
  const found = await store.responses.findItems(tenant, distinct);
  return items.map((item, index) => {
    if (!isReference(item)) return item;
    const stored = found.get(item.id);
    if (stored) return stored;
    throw itemNotFound(item.id, `${list}[${index}].id`);
  });
}

const isReference = (item: StoredItem): boolean => item['type'] === 'item_reference';

function tooLong({ bytes, items }: HistoryLimits, param: string): ApiError {
  const message = `The referenced items exceed ${bytes} bytes of JSON or ${items} items. Reference fewer.`;
  return new ApiError('context_length_exceeded', message, { param });
}
