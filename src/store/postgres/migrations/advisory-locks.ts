/**
 * The numbers of the advisory locks in a database. They never change, because servers of several versions share them.
 * An SQL file names a lock like a variable of psql: `:hide_responses_lock`.
 */
export const advisoryLocks = {
  /** Held while a server changes the schema. The ASCII codes of "Tlra". */
  schema_lock: 0x546c7261,
  /** Held exclusively by a statement that hides several responses, and shared by one that hides a single one. */
  hide_responses_lock: 1415670369,
  evict_conversations_lock: 1415670370,
  evict_chat_completions_lock: 1415670371,
} as const;

/** Replaces the names of locks in SQL by their numbers. */
export function insertLockNumbers(sql: string): string {
  return Object.entries(advisoryLocks).reduce((text, [name, number]) => text.replaceAll(`:${name}`, `${number}`), sql);
}
