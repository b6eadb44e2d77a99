/** A page of a list for operators. Entries are listed newest first. */
export interface FoundPage<Entry> {
  data: Entry[];
  /**
   * The cursor of the next page. Omitted: the list ends here. A page may be empty although others follow: a call
   * examines a bounded number of entries, and none of them may match.
   */
  next?: string | undefined;
}

/** `unknown-after`: the cursor in `after` is malformed. */
export type FoundResult<Entry> = FoundPage<Entry> | 'unknown-after';

export interface FoundRequest {
  /** The `next` of the previous page, opaque. It stays valid when entries are removed. Omitted: the first page. */
  after?: string | undefined;
  /** The most entries of the page, at least 1. */
  limit: number;
}
