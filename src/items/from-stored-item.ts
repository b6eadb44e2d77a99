import type { Schemas } from '../contract/types.ts';
import type { StoredItem } from '../store/stored-item.ts';

/** Returns a stored item as an item of the contract. The store returns items as they were put, and no others are put. */
export const fromStoredItem = (item: StoredItem): Schemas['Item'] => item as Schemas['Item'];
