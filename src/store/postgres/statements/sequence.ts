import { createHash } from 'node:crypto';
import type { StoredItem } from '../../stored-item.ts';

/**
 * Joins JSON texts into one parameter or column. The separator never occurs in JSON (RFC 7464 uses it, too). Arrays of
 * the driver would be quoted element by element, here and in the database.
 */
export const toSequence = (texts: readonly string[]): string => texts.join('\u001e');

export const fromSequence = (sequence: string): string[] => (sequence === '' ? [] : sequence.split('\u001e'));

/** SQL: the array of the texts in a sequence. */
export const textsOf = (sequence: string): string => `string_to_array(${sequence}, E'\\x1e')`;

/** Longer ids exceed the size of an index entry and are replaced by a digest. */
const maxIdLength = 512;

/** Encodes an item's id as JSON, because a client's id may contain U+0000. */
export function toItemKey(id: string): string {
  const key = JSON.stringify(id);
  return key.length <= maxIdLength ? key : `sha256:${createHash('sha256').update(key).digest('hex')}`;
}

/** Decodes an item's id. A long id stays a digest. */
export function fromItemKey(key: string): string {
  const id: string = key.startsWith('"') ? JSON.parse(key) : key;
  return id;
}

export interface ItemSequences {
  ids: string;
  bodies: string;
}

/** Throws a TypeError when an item cannot be serialized as JSON. */
export function toItemSequences(items: readonly StoredItem[]): ItemSequences {
  return {
    ids: toSequence(items.map((item) => toItemKey(item.id))),
    bodies: toSequence(items.map((item) => JSON.stringify(item))),
  };
}
