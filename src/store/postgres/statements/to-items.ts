import type { StoredItem } from '../../stored-item.ts';

/** Items that were read as one text, `{…},{…}`; null: there are none. */
export function toItems(joined: string | null): StoredItem[] {
  const items: StoredItem[] = JSON.parse(`[${joined ?? ''}]`);
  return items;
}
