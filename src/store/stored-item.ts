/** One item of a history, as opaque JSON with the id by which it can be found. */
export interface StoredItem {
  id: string;
  [field: string]: unknown;
}
