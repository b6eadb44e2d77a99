import type { StoredItem } from '../stored-item.ts';

/** JSON as a backend keeps it, back to what was put. */
export function toItem(json: string): StoredItem {
  const item: StoredItem = JSON.parse(json);
  return item;
}

export function toResource(json: string): Record<string, unknown> {
  const resource: Record<string, unknown> = JSON.parse(json);
  return resource;
}

export function toMetadata(json: string): Record<string, string> {
  const metadata: Record<string, string> = JSON.parse(json);
  return metadata;
}
