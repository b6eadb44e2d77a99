/** Which part of a list is asked for. */
export interface PageRequest {
  /** The id of the entry before the first one wanted. Absent: from the start. */
  after?: string;
  /** At least 1. A page has fewer entries when theirs exceed `limits.pageBytes`, but one at least. */
  limit: number;
  /** `asc`: oldest first. */
  order: 'asc' | 'desc';
}

export interface Page<Entry> {
  data: Entry[];
  /** Whether more entries come after these, in the order asked for. */
  hasMore: boolean;
}

/** `unknown-after`: the list has no entry of the id in `after`. */
export type PageResult<Entry> = Page<Entry> | 'unknown-after';
