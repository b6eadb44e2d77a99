import type { StoredItem } from '../../stored-item.ts';

/** Parses items that were read as one text, `{…},{…}`; null: no items. */
export function toItems(joined: string | null): StoredItem[] {
  const items: StoredItem[] = JSON.parse(`[${joined ?? ''}]`);
  return items;
}
