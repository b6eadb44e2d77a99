import type { StoredItem } from './stored-item.ts';

/** The longest history of one turn. */
export interface HistoryLimits {
  /** Bytes of the items' JSON. */
  bytes: number;
  items: number;
}

/** Bounds how much of a history is read. A history within `bytes` and `items` is read completely. */
export interface HistoryBounds extends HistoryLimits {
  /**
   * The part of a longer history that is read. `newest`: the newest items that fit. `none`: the newest summary and the
   * items after it if they fit, otherwise nothing.
   */
  beyond: 'none' | 'newest';
  /**
   * The most items of a history that is returned joined, if its turns have fragments. Omitted: the items are returned.
   */
  joinedItems?: number;
  /** Whether an item replaces all items before it. The id of such an item begins with `summaryPrefix`. */
  isSummary(item: StoredItem): boolean;
  /** Whether an item is read regardless of its age. Applies to small items near the bounds only. */
  isPinned(item: StoredItem): boolean;
}

export interface LimitedHistory {
  /** `cut`: older items were skipped. `too-long`: nothing was read. Omitted: the history is complete. */
  limited?: 'cut' | 'too-long';
}

/** Prefix of the ids of summaries. It lets a store find them without reading their bodies. */
export const summaryPrefix = 'cmp_';

export const noHistoryBounds: HistoryBounds = {
  bytes: Number.MAX_SAFE_INTEGER,
  // Not the largest integer: the databases add to it.
  items: 1_000_000_000,
  beyond: 'none',
  isSummary: () => false,
  isPinned: () => false,
};
