import type { Schemas } from '../contract/types.ts';
import { ApiError } from '../errors/api-error.ts';
import { checkContent } from '../items/check-content.ts';
import { resolveReferences } from '../items/resolve-references.ts';
import { toInputItems } from '../items/to-input-items.ts';
import type { StoredItem } from '../store/stored-item.ts';
import type { KeepingDeps } from './conversations-deps.ts';

/** The client's items in their stored form: whole, with ids, references replaced by what they name. */
export async function toNewItems(
  elements: Schemas['NewItems'],
  { store, tenant, open, history: limits }: KeepingDeps,
): Promise<StoredItem[]> {
  const items = toInputItems(elements, 'items');
  const trigger = items.findIndex((item) => item['type'] === 'compaction_trigger');
  if (trigger >= 0) {
    const message = 'A compaction trigger asks for something to be done: it is no part of a conversation.';
    throw new ApiError('unsupported_value', message, { param: `items[${trigger}]` });
  }
  items.forEach((item, index) => {
    checkContent(item, open, `items[${index}]`);
  });
  return resolveReferences(items, { store, tenant, list: 'items', limits });
}
