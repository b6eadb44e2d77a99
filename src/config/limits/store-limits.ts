/** The bounds of the stores, each with what it prevents. Part of `limits`. */
export const storeLimits = {
  /** Responses in the memory store, and as many conversations and chat completions. Prevents memory exhaustion. */
  memoryResponses: 100,
  /** JSON in the memory store, everything counted together. Prevents large responses from exhausting memory. */
  memoryBytes: 512 * 1024 * 1024,
  /** JSON of one page of a list. Prevents memory exhaustion by large entries. A larger entry is a page of its own. */
  pageBytes: 32 * 1024 * 1024,
  /** JSON of the events read from a log at once. Prevents memory exhaustion by large events. */
  logPageBytes: 8 * 1024 * 1024,
  /** Wait for another handle's write lock on SQLite. Prevents an error on a short collision. */
  sqliteBusyMs: 5_000,
  /** Between two commits of appended events. Prevents a commit for each token of each of many streams. */
  sqliteAppendWindowMs: 5,
  /** Between checks of an SQLite file for commits of other processes, while runs are watched. Prevents a busy loop. */
  sqliteWatchMs: 20,
  /** The pause after such a check, in multiples of its duration. Prevents checks from taking over a twentieth of a core. */
  sqliteWatchShare: 20,
  /** Between checks, at writes, that the database file still exists. Prevents acknowledging writes to a deleted file. */
  sqliteLookMs: 100,
  /** Between two attempts at a lock that SQLite does not wait for. Prevents a busy loop. */
  sqliteRetryMs: 10,
  /** Connections of one server to PostgreSQL, plus one that listens. Prevents exhausting the database's connections. */
  postgresConnections: 10,
  /** Connecting to PostgreSQL, or waiting for a free connection. Prevents a dead host from holding a request. */
  postgresConnectMs: 5_000,
  /** One statement. Prevents a query that waits for a lock from holding a connection. */
  postgresStatementMs: 30_000,
  /** Waiting for its result. Longer, so that the database gives up first and the outcome is known. */
  postgresAnswerMs: 35_000,
  /** Waiting for another server to migrate the schema. */
  postgresMigrationMs: 10 * 60_000,
  /** Idle time of a connection before it is closed. */
  postgresIdleMs: 60_000,
  /** Silence on a connection before TCP probes the peer. */
  postgresKeepAliveMs: 10_000,
  /** Attempts in total at a transaction that conflicts with another. */
  postgresAttempts: 5,
  /** Longest pause before the second attempt; each further one is longer by as much. Prevents repeated conflicts. */
  postgresRetryMs: 20,
  /** Time an active run waits for an unreachable database. Prevents a database restart from breaking streams. */
  postgresOutageMs: 10_000,
  /** Between attempts during an outage. */
  postgresOutagePollMs: 250,
  /** Between attempts to listen again. Prevents overloading a failing database. */
  postgresReconnectMs: 1_000,
  /** Wait for active statements when the store is closed. Prevents a dead host from blocking the exit. */
  postgresCloseMs: 5_000,
} as const;
