import { createHash } from 'node:crypto';
import type { StoredItem } from '../stored-item.ts';

/**
 * JSON texts as one parameter, a line each: JSON has no line break in it. Arrays of the driver would have to be quoted
 * element by element, here and in the database.
 */
export const toLines = (texts: readonly string[]): string => texts.join('\n');

export const fromLines = (lines: string): string[] => (lines === '' ? [] : lines.split('\n'));

/** Longer ids are found by their digest: an index has no room for them. */
const maxIdLength = 512;

/** An item's id as the database has it: as JSON, because a client's id may hold what PostgreSQL's text may not. */
export function toItemKey(id: string): string {
  const key = JSON.stringify(id);
  return key.length <= maxIdLength ? key : `sha256:${createHash('sha256').update(key).digest('hex')}`;
}

export interface ItemLines {
  ids: string;
  bodies: string;
}

/** Throws a TypeError when an item can't be written as JSON. */
export function toItemLines(items: readonly StoredItem[]): ItemLines {
  return {
    ids: toLines(items.map((item) => toItemKey(item.id))),
    bodies: toLines(items.map((item) => JSON.stringify(item))),
  };
}
