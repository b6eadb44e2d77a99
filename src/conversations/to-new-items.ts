import type { Schemas } from '../contract/types.ts';
import { resolveReferences } from '../items/resolve-references.ts';
import { toInputItems } from '../items/to-input-items.ts';
import type { StoredItem } from '../store/stored-item.ts';
import type { ConversationsDeps } from './conversations-deps.ts';

/** The client's items in their stored form: whole, with ids, references replaced by what they name. */
export function toNewItems(items: Schemas['NewItems'], { store, tenant }: ConversationsDeps): Promise<StoredItem[]> {
  return resolveReferences(toInputItems(items), { store, tenant, list: 'items' });
}
