/** One item of a conversation, with the id by which it can be found again. JSON that no store looks into. */
export interface StoredItem {
  id: string;
  [field: string]: unknown;
}
