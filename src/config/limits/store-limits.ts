/** The bounds of the stores, each with what it prevents. Part of `limits`. */
export const storeLimits = {
  /** Responses in the memory store, and as many conversations and chat completions. Prevents memory exhaustion. */
  memoryResponses: 100,
  /** JSON in the memory store, everything counted together. Prevents large responses from exhausting memory. */
  memoryBytes: 512 * 1024 * 1024,
  /** Messages of a turn that are also stored as text, in characters. Prevents large content from being stored twice. */
  fragmentCharacters: 1024 * 1024,
  /** Joined histories that a store on disk holds in memory. Prevents long chains from exhausting memory. */
  joinedHistoryBytes: 64 * 1024 * 1024,
  /** Bytes counted for each joined history besides its text: key, objects, buffer. Prevents many tiny histories. */
  joinedHistoryEntryBytes: 1024,
  /** Retention of an unused joined history. Prevents deleted content from staying in memory. */
  joinedHistoryMs: 10 * 60_000,
  /** JSON of one page of a list. Prevents memory exhaustion by large entries. A larger entry is a page of its own. */
  pageBytes: 32 * 1024 * 1024,
  /** JSON of the events read from a log at once. Prevents memory exhaustion by large events. */
  logPageBytes: 8 * 1024 * 1024,
  /** Records of runs in the memory store. Prevents memory exhaustion. */
  memoryRunRecords: 2_000,
  /** Records of runs, or approvals, examined by one list for operators. Prevents a rare filter from blocking the server. */
  examinedRecords: 10_000,
  /** Records of lost runs ended at once. Prevents those of a large server from blocking this one. */
  settledRunRecords: 500,
  /** Calls kept in the record of one execution; all are counted. Prevents long loops from filling the store. */
  runRecordCalls: 100,
  /** The message of an error in a record. Prevents dumps of an upstream's state. */
  runRecordMessageCharacters: 500,
  /** Between two writes of records and load counters. Prevents a transaction for each run. */
  runRecordFlushMs: 1_000,
  /** Records of short successful runs per write; the others are counted. Prevents them from slowing down a busy server and filling its store. */
  plainRunRecordsPerFlush: 100,
  /** Records that wait for the store. Prevents an unreachable store from exhausting memory. */
  pendingRunRecords: 10_000,
  /** Between looks for records of dead servers' runs. */
  lostRunRecordsMs: 15_000,
  /** Retention of the record of a run. Prevents records from piling up. */
  runRecordSeconds: 7 * 24 * 60 * 60,
  /** Series of load counters per minute and server; others are counted together. Prevents model names from filling the store. */
  loadSeries: 50,
  /** Retention of load rows. Prevents them from piling up. */
  loadSeconds: 48 * 60 * 60,
  /** Small rows removed for each larger object. Prevents thousands of tiny transactions. */
  smallRowsReaped: 64,
  /** Responses examined by one search. Prevents a rare text from blocking the server. */
  searchedResponses: 2_000,
  /** JSON of the items read by one search. Prevents large items from blocking the server. */
  searchedBytes: 64 * 1024 * 1024,
  /** One step of a search in SQLite. Prevents it from blocking the server. */
  searchStepMs: 10,
  /** Conversations examined by one search. Prevents a rare tenant from blocking the server. */
  searchedConversations: 2_000,
  /** Text of a found response. Prevents a page of long inputs. */
  foundTextCharacters: 200,
  /** Approvals of a tenant searched for the last call of the same tool. Prevents a long search for each approval. */
  comparedApprovals: 100,
  /** Runs counted as running or queued. Prevents reading every record of a large installation. */
  countedRuns: 1_000,
  /** Listing the models of an agent for operators. Prevents one that is silent from holding the whole list. */
  agentListMs: 3_000,
  /** Input items of a found response that are read for it, and the bytes of one. Prevents reading long inputs. */
  foundItems: 16,
  foundItemBytes: 64 * 1024,
  /** Responses of one tree. Prevents a conversation of years from filling a reply. */
  treeNodes: 200,
  /** Wait for another handle's write lock on SQLite. Prevents an error on a short collision. */
  sqliteBusyMs: 5_000,
  /** Between two commits of appended events. Prevents a commit for each token of each of many streams. */
  sqliteAppendWindowMs: 5,
  /** Events of a run kept in memory and in windows, then written to a row. Prevents a row for each token. */
  logRowEvents: 64,
  /** The same in bytes. Prevents large events from exhausting memory. */
  logRowBytes: 32 * 1024,
  /** Time after which such events get a row in any case. Prevents a slow run from keeping the windows of all others. */
  logWindowMs: 5_000,
  /** Windows deleted at once while others are needed. Prevents a deletion in each commit. */
  logWindowsFreed: 64,
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
  /** Appends in one statement. Prevents one that takes long from many streams at once. */
  postgresAppends: 256,
  /** Bytes of the events in one statement. Prevents statements of gigabytes. A larger append is sent alone. */
  postgresAppendBytes: 4 * 1024 * 1024,
  /** Between two notifications of other servers. Prevents one for each token of a stream. */
  postgresNotifyMs: 20,
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
