import { createHash } from 'node:crypto';
import type { StoredItem } from '../../stored-item.ts';

/**
 * JSON texts as one parameter or column, with a character between them that no JSON text has in it (RFC 7464 uses the same).
 * Arrays of the driver would have to be quoted element by element, here and in the database.
 */
export const toSequence = (texts: readonly string[]): string => texts.join('\u001e');

export const fromSequence = (sequence: string): string[] => (sequence === '' ? [] : sequence.split('\u001e'));

/** SQL: the texts of a sequence, as an array. */
export const textsOf = (sequence: string): string => `string_to_array(${sequence}, E'\\x1e')`;

/** Longer ids are found by their digest: an index has no room for them. */
const maxIdLength = 512;

/** An item's id as the database has it: as JSON, because a client's id may hold what PostgreSQL's text may not. */
export function toItemKey(id: string): string {
  const key = JSON.stringify(id);
  return key.length <= maxIdLength ? key : `sha256:${createHash('sha256').update(key).digest('hex')}`;
}

/** An id as far as a key holds it: a longer one is its digest. */
export function fromItemKey(key: string): string {
  const id: string = key.startsWith('"') ? JSON.parse(key) : key;
  return id;
}

export interface ItemSequences {
  ids: string;
  bodies: string;
}

/** Throws a TypeError when an item can't be written as JSON. */
export function toItemSequences(items: readonly StoredItem[]): ItemSequences {
  return {
    ids: toSequence(items.map((item) => toItemKey(item.id))),
    bodies: toSequence(items.map((item) => JSON.stringify(item))),
  };
}
