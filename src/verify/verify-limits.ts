/** The bounds of `talaria verify`, each with what it prevents. */
export const verifyLimits = {
  /** One exchange, by default. Prevents a hung server from blocking the run. */
  timeoutMs: 30_000,
  /** Concurrent audits, by default. Keeps a run short without being a load test. */
  audits: 6,
  /** Concurrent audits at most. Prevents a run from being a load test. */
  maxAudits: 64,
  /** The longest wait that a server may ask for before a retry. Prevents a run without an end. */
  retryAfterMs: 60_000,
  /** Before a retry, when the server does not name a time. */
  busyMs: 1_000,
  /** A reply, or a whole stream. Prevents an endless reply from filling memory. */
  replyBytes: 16 * 1024 * 1024,
  /**
   * Consecutive requests of one kind without a reply, before the others of that kind fail unsent. Prevents waiting for
   * each.
   */
  unanswered: 3,
  /** Characters of an offending body that a report shows. Prevents reports too long to read. */
  excerptCharacters: 600,
  /** Notes of one audit. Prevents a stream from adding one for each event. */
  notes: 20,
  /** Between two polls of a background run. */
  pollMs: 100,
  /** Body that a server must accept or refuse, never leave unanswered. Larger than common body limits. */
  largeBodyBytes: 40 * 1024 * 1024,
} as const;
