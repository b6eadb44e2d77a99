import type { Schemas } from '../contract/types.ts';
import { ApiError } from '../errors/api-error.ts';
import type { HistoryLimits } from '../store/history-bounds.ts';
import type { Store } from '../store/store.ts';
import type { StoredItem } from '../store/stored-item.ts';
import { checkContent } from './check-content.ts';
import type { OpenSealed } from './open-sealed.ts';
import { resolveReferences } from './resolve-references.ts';
import { toInputItems } from './to-input-items.ts';
import { withoutSecrets } from './without-secrets.ts';

export interface NewItemsDeps {
  store: Store;
  tenant: string;
  open: OpenSealed;
  history: HistoryLimits;
}

/**
 * Returns the items that a client adds to a conversation in their stored form: complete, with ids, references replaced
 * by the items they name. Throws an ApiError whose `param` names the item.
 */
export async function toNewItems(
  elements: Schemas['NewItems'],
  { store, tenant, open, history: limits }: NewItemsDeps,
): Promise<StoredItem[]> {
  const items = toInputItems(elements, 'items');
  const trigger = items.findIndex((item) => item['type'] === 'compaction_trigger');
  if (trigger >= 0) {
    const message = "A conversation cannot hold an item of type 'compaction_trigger': send it as input of a response.";
    throw new ApiError('unsupported_value', message, { param: `items[${trigger}]` });
  }
  items.forEach((item, index) => {
    checkContent(item, open, `items[${index}]`);
  });
  return resolveReferences(items.map(withoutSecrets), { store, tenant, list: 'items', limits });
}
