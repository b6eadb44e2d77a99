import type { Schemas } from '../contract/types.ts';
import type { StoredItem } from '../store/stored-item.ts';

/** Returns a stored item as the contract has it: only items of the contract are stored. */
export const fromStoredItem = (item: StoredItem): Schemas['Item'] => item as Schemas['Item'];
