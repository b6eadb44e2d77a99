/** The bounds of `talaria verify`, each with what it prevents. */
export const verifyLimits = {
  /** One exchange, by default. Prevents a hung server from blocking the run. */
  timeoutMs: 30_000,
  /** Concurrent audits. Keeps a run short without being a load test. */
  audits: 6,
  /** A reply, or a whole stream. Prevents an endless reply from filling memory. */
  replyBytes: 16 * 1024 * 1024,
  /** Consecutive requests of one kind without a reply, before the others of that kind fail unsent. Prevents waiting for each. */
  unanswered: 3,
  /** Characters of an offending body that a report shows. Prevents reports too long to read. */
  excerptCharacters: 600,
  /** Between two polls of a background run. */
  pollMs: 100,
  /** Body that a server must accept or refuse, never leave unanswered. Larger than common body limits. */
  largeBodyBytes: 40 * 1024 * 1024,
} as const;
