import type { StoredItem } from '../../stored-item.ts';

/**
 * An item as JSON text. Callers cannot change it through objects they still hold, all backends return the same values,
 * and a response shares it with its conversation. It costs less than half of `structuredClone`.
 */
export interface SerializedItem {
  readonly id: string;
  readonly text: string;
  /** Bytes of the text in UTF-8, as in all backends. */
  readonly bytes: number;
}

export function toSerializedItem(item: StoredItem): SerializedItem {
  const text = JSON.stringify(item);
  return { id: item.id, text, bytes: Buffer.byteLength(text) };
}

export const countBytes = (items: readonly SerializedItem[]): number =>
  items.reduce((sum, { bytes }) => sum + bytes, 0);

export function fromSerializedItem({ text }: SerializedItem): StoredItem {
  const item: StoredItem = JSON.parse(text);
  return item;
}
