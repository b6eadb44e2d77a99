import { ApiError } from '../errors/api-error.ts';
import type { Store } from '../store/store.ts';
import type { StoredItem } from '../store/stored-item.ts';

export interface ReferenceContext {
  store: Store;
  tenant: string;
  /** The request's list that holds the items, for errors. */
  list: 'input' | 'items';
}

/** Puts the stored item in the place of each `item_reference`. Throws `item_not_found` for one that is not there. */
export async function resolveReferences(
  items: StoredItem[],
  { store, tenant, list }: ReferenceContext,
): Promise<StoredItem[]> {
  const ids = items.filter(isReference).map((item) => item.id);
  if (ids.length === 0) return items;
  const found = await store.responses.findItems(tenant, ids);
  return items.map((item, index) => {
    if (!isReference(item)) return item;
    const stored = found.get(item.id);
    if (stored) return stored;
    throw new ApiError('item_not_found', `Item with id '${item.id}' not found.`, { param: `${list}[${index}].id` });
  });
}

const isReference = (item: StoredItem): boolean => item['type'] === 'item_reference';
