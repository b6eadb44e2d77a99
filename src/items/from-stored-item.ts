import type { Schemas } from '../contract/types.ts';
import type { StoredItem } from '../store/stored-item.ts';
import { withoutKept } from './kept-fields.ts';

/** Returns a stored item as a client receives it: only items of the contract are stored. */
export const fromStoredItem = (item: StoredItem): Schemas['Item'] => withoutKept(item) as Schemas['Item'];
