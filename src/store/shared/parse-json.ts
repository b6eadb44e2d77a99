import type { StoredItem } from '../stored-item.ts';

// Each function parses JSON that a backend has stored.
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
