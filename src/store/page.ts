/** Selects a page of a list. */
export interface PageRequest {
  /** The id of the last entry of the previous page. Omitted: the first page. */
  after?: string;
  /** The most entries of the page, at least 1. Fewer are returned when they would exceed `limits.pageBytes`. */
  limit: number;
  /** `asc`: oldest first. `desc`: newest first. */
  order: 'asc' | 'desc';
}

export interface Page<Entry> {
  /** In the requested order. Never empty while entries remain. */
  data: Entry[];
  /** Whether more entries follow in the requested order. */
  hasMore: boolean;
}

/** `unknown-after`: the list has no entry with the id in `after`. */
export type PageResult<Entry> = Page<Entry> | 'unknown-after';
