import type { Schemas } from '../contract/types.ts';
import type { StoredItem } from '../store/stored-item.ts';

/** A stored item as the wire has it. The store gives back what was put, and only items of the contract are put. */
export const fromStoredItem = (item: StoredItem): Schemas['Item'] => item as unknown as Schemas['Item'];
