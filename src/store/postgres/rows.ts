import type { StoredItem } from '../stored-item.ts';

export function toItem(json: string): StoredItem {
  const item: StoredItem = JSON.parse(json);
  return item;
}

/** Items that were read as one text, `{…},{…}`; null: there are none. */
export function toItems(joined: string | null): StoredItem[] {
  const items: StoredItem[] = JSON.parse(`[${joined ?? ''}]`);
  return items;
}

export function toResource(json: string): Record<string, unknown> {
  const resource: Record<string, unknown> = JSON.parse(json);
  return resource;
}

export function toMetadata(json: string): Record<string, string> {
  const metadata: Record<string, string> = JSON.parse(json);
  return metadata;
}
