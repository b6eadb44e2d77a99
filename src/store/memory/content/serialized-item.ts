import type { StoredItem } from '../../stored-item.ts';

/**
 * An item as JSON text: a caller can't change what is kept through an object it still holds, every backend gives back
 * the same thing, in and out it costs less than half of `structuredClone`, and a response shares it with its
 * conversation.
 */
export interface KeptItem {
  readonly id: string;
  readonly text: string;
  /** Of the text in UTF-8, as every backend counts them. */
  readonly bytes: number;
}

export function toKeptItem(item: StoredItem): KeptItem {
  const text = JSON.stringify(item);
  return { id: item.id, text, bytes: Buffer.byteLength(text) };
}

export const countBytes = (items: readonly KeptItem[]): number => items.reduce((sum, { bytes }) => sum + bytes, 0);

export function fromKeptItem({ text }: KeptItem): StoredItem {
  const item: StoredItem = JSON.parse(text);
  return item;
}
