import { limits } from '../../config/limits.ts';
import { type HistoryBounds, summaryPrefix } from '../history-bounds.ts';
import type { StoredItem } from '../stored-item.ts';

/** Metadata of an item whose body was not read. */
export interface ItemHead {
  id: string;
  /** Bytes of the item's JSON. */
  bytes: number;
}

/** The items to read of a history. */
export interface HistoryCut<Head> {
  /** The oldest item of those that are read without a gap up to the newest. */
  first: Head | undefined;
  /** Older items that are read to find pinned ones, oldest first. */
  older: Head[];
}

/** Returns how many heads a cut needs: twice the bound, so that pinned items beyond the bound are found. */
export const countHeads = ({ items }: HistoryBounds): number => items * 2;

/** Plans the items to read of a history beyond its bounds. `undefined`: none. */
export function planCut<Head extends ItemHead>(
  newestFirst: readonly Head[],
  bounds: HistoryBounds,
): HistoryCut<Head> | undefined {
  const fitting = countFitting(newestFirst, bounds);
  const summary = newestFirst.slice(0, fitting).findIndex(({ id }) => id.startsWith(summaryPrefix));
  if (summary === -1 && bounds.beyond === 'none') return undefined;
  const count = bounds.beyond === 'none' ? summary + 1 : fitting;
  return { first: newestFirst[count - 1], older: chooseOlder(newestFirst.slice(count)).reverse() };
}

function countFitting(newestFirst: readonly ItemHead[], { bytes, items }: HistoryBounds): number {
  let sum = 0;
  const beyond = newestFirst.findIndex((head, index) => {
    sum += head.bytes;
    return sum > bytes || index >= items;
  });
  return beyond === -1 ? newestFirst.length : beyond;
}

function chooseOlder<Head extends ItemHead>(newestFirst: readonly Head[]): Head[] {
  let sum = 0;
  const small = newestFirst.filter(({ bytes }) => bytes <= limits.pinnedItemBytes);
  const beyond = small.findIndex(({ bytes }) => {
    sum += bytes;
    return sum > limits.pinnedSearchBytes;
  });
  return beyond === -1 ? small : small.slice(0, beyond);
}

export interface ReadEntries<Head, Entry> {
  /** Reads an item and all newer ones, oldest first. */
  from(head: Head): Entry[];
  one(head: Head): Entry[];
  toItem(entry: Entry): StoredItem;
}

/** Reads a history beyond its bounds from a synchronous backend, oldest first. `undefined`: nothing was read. */
export function readCut<Head extends ItemHead, Entry>(
  newestFirst: readonly Head[],
  bounds: HistoryBounds,
  { from, one, toItem }: ReadEntries<Head, Entry>,
): Entry[] | undefined {
  const cut = planCut(newestFirst, bounds);
  if (cut === undefined) return undefined;
  const newest = cut.first === undefined ? [] : from(cut.first);
  return joinCut({ older: cut.older.flatMap(one), newest }, bounds, toItem);
}

/** Joins the entries of a cut. `undefined`: the item with a summary's id is not a summary. */
export function joinCut<Entry>(
  { older, newest }: { older: readonly Entry[]; newest: readonly Entry[] },
  { beyond, isSummary, isPinned }: HistoryBounds,
  toItem: (entry: Entry) => StoredItem,
): Entry[] | undefined {
  const [first] = newest;
  if (beyond === 'none' && !(first !== undefined && isSummary(toItem(first)))) return undefined;
  return [...older.filter((entry) => isPinned(toItem(entry))), ...newest];
}
