/** The bounds of runs, their histories, logs and keys, each with what it prevents. Part of `limits`. */
export const runLimits = {
  /** Until a run has accepted input of an operator. Prevents a run that takes none from holding the request. */
  steerWaitMs: 10_000,
  /** Concurrent runs. Prevents more connections to clients and agents than a process may open. */
  runsAtOnce: 4096,
  /** Runs waiting for a slot. Prevents an unbounded queue; further requests are refused at once. */
  queuedRuns: 2048,
  /** Concurrent runs of one chat completion with `n`. Prevents one request from taking every slot of an upstream. */
  chatRunsAtOnce: 8,
  /** One run, from its slot to its terminal event. Prevents an endless upstream from holding a run. */
  runTimeoutMs: 60 * 60_000,
  /** Servers that may run one response in turn. Prevents a run that crashes its server from crashing all of them. */
  runAttempts: 3,

  /** The history of one turn, as stored JSON. Prevents a long chain of large turns from blocking the server. */
  historyBytes: 32 * 1024 * 1024,
  /** Items in the history of one turn. Prevents many small ones from blocking the server. */
  historyItems: 50_000,
  /** Items of history sent to the agent with `truncation: auto`. Keeps a long chain within a model's window. */
  truncatedHistoryItems: 100,
  /** Size up to which an older item is read for pinned content (system messages) when a history is cut. */
  pinnedItemBytes: 64 * 1024,
  /** All such items together. Prevents that search from costing as much as the history itself. */
  pinnedSearchBytes: 4 * 1024 * 1024,

  /** Between two measurements of a tenant's stored bytes. Prevents a measurement for each request. */
  quotaMeasureMs: 2_000,
  /** Age at which a measurement is stale and requests wait for the next. Prevents overlooking other servers' writes. */
  quotaMeasuredMs: 30_000,
  /** One step of a measurement in SQLite. Prevents it from blocking the server. */
  quotaStepMs: 10,

  /** Lease time: after this long without a heartbeat, other servers recover a server's runs. Prevents orphaned runs. */
  leaseMs: 15_000,
  /** Orphaned runs claimed at once. Prevents one server from claiming every run of a large one. */
  lostRuns: 16,
  /** Attempts to restart an orphaned run that other work blocks. Prevents its followers from waiting indefinitely. */
  recoveryMs: 60_000,
  /** Between polls for cancelled runs while notifications arrive. Prevents a query for each event. */
  cancelLookMs: 25,
  /** Wait for the lock of a conversation. Prevents refusing a turn while the previous one is about to release it. */
  conversationLockMs: 1_000,
  /** Between attempts at that lock. */
  conversationLockPollMs: 50,

  /** Between polls of a run's log, in case a notification was lost. Prevents followers from waiting indefinitely. */
  logPollMs: 500,
  /** Events read from a log at once. Prevents a long log from filling memory. */
  logPageEvents: 256,
  /** Events appended to a log at once, which may share a row. Prevents a page from reading far more than it needs. */
  logAppendEvents: 1024,
  /** Retention of a run's log after its terminal event. Prevents logs, each larger than its response, from piling up. */
  logSeconds: 24 * 60 * 60,
  /** Retention of an idempotency key: clients retry within minutes. Prevents keys from piling up. */
  idempotencySeconds: 24 * 60 * 60,
  /** Time for the answer to an approval request. Prevents a forgotten one from allowing a call much later. */
  approvalMs: 24 * 60 * 60_000,
  /** The request that an operator's answer repeats, with its tools. Prevents a copy of large tools for each approval. */
  approvalRequestBytes: 256 * 1024,
  /** Between polls for the first request of a key to start or fail. */
  idempotencyPollMs: 250,
  /** Between removals of expired data. */
  reaperMs: 60_000,
  /** Objects of each kind removed in one transaction. Prevents large ones from blocking the server together. */
  reapedAtOnce: 8,
} as const;
