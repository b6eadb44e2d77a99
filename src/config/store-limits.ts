/** The bounds of the stores, with what each prevents. Part of `limits`. */
export const storeLimits = {
  /** Responses that the memory store keeps, and as many conversations and chat completions. Prevents memory exhaustion. */
  memoryResponses: 100,
  /** JSON that the memory store keeps, everything counted together. Prevents large responses from exhausting memory. */
  memoryBytes: 512 * 1024 * 1024,
  /** JSON of one page of a list. Prevents a page of large entries from exhausting memory. A larger entry has a page to itself. */
  pageBytes: 32 * 1024 * 1024,
  /** JSON of the events that are read from a log at once. Prevents the same. */
  logPageBytes: 8 * 1024 * 1024,
  /** Waiting for another handle's write lock on SQLite. Prevents an error on a short collision. */
  sqliteBusyMs: 5_000,
  /** Between two commits of what streams append. Prevents a commit for each token of each of many streams. */
  sqliteAppendWindowMs: 5,
  /** Between looks for the file of an open SQLite database, at writes. Prevents acknowledging what goes with the process. */
  sqliteLookMs: 100,
  /** Between two attempts at a lock that SQLite doesn't wait for itself. Prevents a busy loop. */
  sqliteRetryMs: 10,
  /** Connections of one server to PostgreSQL, and one more that listens. Prevents taking all that a database has. */
  postgresConnections: 10,
  /** Connecting to PostgreSQL, or waiting for a free connection. Prevents a dead host from holding a request. */
  postgresConnectMs: 5_000,
  /** One statement. Prevents a query that waits for a lock from holding a connection for ever. */
  postgresStatementMs: 30_000,
  /** Waiting for the answer to one: longer, so that the database gives up first and what it did is known. */
  postgresAnswerMs: 35_000,
  /** Waiting for another server to bring the schema to its version. */
  postgresMigrationMs: 10 * 60_000,
  /** A connection without work before it is closed. */
  postgresIdleMs: 60_000,
  /** Silence on a connection before TCP asks whether the other side is there. */
  postgresKeepAliveMs: 10_000,
  /** Attempts in all at what another transaction was in the way of. */
  postgresAttempts: 5,
  /** The longest pause before the second attempt; for each one after it, as much longer. Prevents meeting again. */
  postgresRetryMs: 20,
  /** How long a running run waits for a database that is out of reach. Prevents a restart of it from breaking streams. */
  postgresOutageMs: 10_000,
  /** Between its attempts. */
  postgresOutagePollMs: 250,
  /** Between attempts to listen again. Prevents hammering a database that is in trouble. */
  postgresReconnectMs: 1_000,
  /** Waiting for statements to end when the store is closed. Prevents a dead host from holding the process. */
  postgresCloseMs: 5_000,
} as const;
