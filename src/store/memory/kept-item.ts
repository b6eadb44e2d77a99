import type { StoredItem } from '../stored-item.ts';

/**
 * An item as JSON text: a caller can't change what is kept through an object it still holds, every backend gives back
 * the same thing, in and out it costs less than half of `structuredClone`, and a response shares it with its
 * conversation.
 */
export interface KeptItem {
  readonly id: string;
  readonly text: string;
}

export const toKeptItem = (item: StoredItem): KeptItem => ({ id: item.id, text: JSON.stringify(item) });

export function fromKeptItem({ text }: KeptItem): StoredItem {
  const item: StoredItem = JSON.parse(text);
  return item;
}
