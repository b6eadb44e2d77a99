import type { StoredItem } from './stored-item.ts';

/** The longest history that one turn may have. */
export interface HistoryLimits {
  /** JSON of the items. */
  bytes: number;
  items: number;
}

/** How much of a history is read. A history within `bytes` and `items` is read whole. */
export interface HistoryBounds extends HistoryLimits {
  /**
   * The part of a longer history that is read. `none`: nothing, unless its newest summary and what follows it fit. `newest`: the newest
   * items that fit.
   */
  beyond: 'none' | 'newest';
  /** Whether an item stands for all items before it. The id of such an item begins with `summaryPrefix`. */
  isSummary(item: StoredItem): boolean;
  /** Whether an item is read whatever its age. Only small items near the bounds are looked at. */
  isPinned(item: StoredItem): boolean;
}

/** Of a history that is longer than its bounds; of any other the property is omitted. */
export interface LimitedHistory {
  /** `cut`: older items were left out. `too-long`: nothing was read. */
  limited?: 'cut' | 'too-long';
}

/** By it a store finds the items that may be summaries without reading them. */
export const summaryPrefix = 'cmp_';

export const noHistoryBounds: HistoryBounds = {
  bytes: Number.MAX_SAFE_INTEGER,
  // Not the largest integer: databases count further.
  items: 1_000_000_000,
  beyond: 'none',
  isSummary: () => false,
  isPinned: () => false,
};
