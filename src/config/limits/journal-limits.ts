/** The bounds of the journal of requests, each with what it prevents. Part of `limits`. */
export const journalLimits = {
  /** Requests that the journal keeps, where it is on by default. Prevents a long test run from filling memory. */
  journalEntries: 1000,
  /** The most that `JOURNAL_ENTRIES` may ask for. Prevents searches that block the server. */
  journalMaxEntries: 100_000,
  /** Bodies and replies of the journal, together. Prevents large requests from filling memory. */
  journalBytes: 64 * 1024 * 1024,
  /** One body, or one reply, in the journal. Prevents a single one from displacing all others. */
  journalBodyBytes: 4 * 1024 * 1024,
  /** Requests in one verdict. Prevents a reply of the whole journal. */
  journalMatches: 100,
} as const;
