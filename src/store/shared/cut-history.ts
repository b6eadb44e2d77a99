import { limits } from '../../config/limits.ts';
import { type HistoryBounds, summaryPrefix } from '../history-bounds.ts';
import type { StoredItem } from '../stored-item.ts';

/** An item as a store knows it without having read it. */
export interface ItemHead {
  id: string;
  /** JSON. */
  bytes: number;
}

export interface HistoryCut<Head> {
  /** The first of the items that are read, which are all from this one on. */
  first: Head | undefined;
  /** Older items that are read to find pinned ones, the oldest first. */
  older: Head[];
}

/** How many heads a cut is planned from. Twice as many as may be read, so that pinned items beyond those are found. */
export const countHeads = ({ items }: HistoryBounds): number => items * 2;

/** Plans what is read of a history beyond its bounds; `undefined`: nothing. */
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
  /** An item and all that follow it, the oldest first. */
  from(head: Head): Entry[];
  one(head: Head): Entry[];
  toItem(entry: Entry): StoredItem;
}

/** Returns the turns to read of a history beyond its bounds, oldest first, for a synchronous backend; `undefined`: none. */
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

/** The entries of a cut; `undefined`: what was taken for a summary is none. */
export function joinCut<Entry>(
  { older, newest }: { older: readonly Entry[]; newest: readonly Entry[] },
  { beyond, isSummary, isPinned }: HistoryBounds,
  toItem: (entry: Entry) => StoredItem,
): Entry[] | undefined {
  const [first] = newest;
  if (beyond === 'none' && !(first !== undefined && isSummary(toItem(first)))) return undefined;
  return [...older.filter((entry) => isPinned(toItem(entry))), ...newest];
}
