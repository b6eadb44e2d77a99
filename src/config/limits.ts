import { schemaLimits } from './schema-limits.ts';
import { storeLimits } from './store-limits.ts';

/** Every bound of the server, with what it prevents. Milliseconds, bytes and counts are named as such. */
export const limits = {
  /** A request body after decoding. Prevents memory exhaustion; large enough for Codex histories and several images. */
  bodyBytes: 32 * 1024 * 1024,
  /** Levels of nesting in a request. Prevents a body of brackets from exhausting the stack of whatever reads it. */
  bodyLevels: 256,
  /** JSON values in a request body. Prevents a small compressed body from becoming millions of elements. */
  bodyValues: 100_000,
  /** A body above this size counts as large. */
  largeBodyBytes: 256 * 1024,
  /** Sealed content that one request has unpacked, in all. Prevents kilobytes that unpack to gigabytes. */
  sealedBytes: 32 * 1024 * 1024,
  /** Large bodies that are read and decoded at the same time. Prevents many of them from filling memory together. */
  largeBodies: 3,
  /** Large bodies that wait to be read. Prevents an endless queue; beyond it a request is refused at once. */
  waitingBodies: 256,
  /** Waiting to read a large body. Prevents clients from waiting longer than they have patience for. */
  bodyWaitMs: 15_000,
  /** Reading one large body while others wait. Prevents clients that drip bytes from holding all places. */
  bodyReadMs: 10_000,
  /** Bytes of unfinished small bodies, above which each of them is read like a large one. Prevents many from filling memory. */
  smallBodiesBytes: 64 * 1024 * 1024,
  /** Reading a request body. Prevents a client that drips bytes from holding a connection. */
  bodyTimeoutMs: 60_000,
  /** Connections waiting to be accepted. Prevents refused connections under a burst of clients. */
  listenBacklog: 4096,
  /**
   * A connection without a request, until it is closed. Longer than balancers and proxies keep one (60 s, mostly): prevents
   * their next request from meeting a close, which they tell their clients as a 502.
   */
  idleConnectionMs: 75_000,
  /** Silence on a stream before a comment is sent. Prevents proxies from cutting idle streams. */
  keepAliveMs: 10_000,
  /** How long a client may leave a stream unread. Prevents one that never reads from holding a run slot and its upstream. */
  streamStallMs: 30_000,
  /** From SIGTERM until the listener closes. Prevents resets of requests that are on their way during a rolling restart. */
  drainMs: 1_000,
  /** Waiting for running requests at shutdown. Prevents a stuck stream from holding the process. */
  shutdownMs: 10_000,
  /** From telling runs to end until connections are cut. Leaves time for a last event; prevents waiting on dead sockets. */
  shutdownAbortMs: 1_000,
  /** Waiting for background runs to end once told to, before their readers are. Prevents one of them from holding all. */
  shutdownDrainMs: 300,
  /** A connection that becomes idle while stopping, until it is closed. Prevents it from holding the process. */
  shutdownIdleMs: 100,
  /** Looking for a moment without requests on their way, in which to close what is idle. Prevents waiting for it under load. */
  shutdownReadMs: 250,

  /** Waiting for another process to have changed the configuration file. Prevents one that died from holding all others. */
  lockMs: 10_000,
  /** Between looks whether it has. */
  lockPollMs: 20,

  /** A WebSocket's life, as Open Responses has it (L15). Prevents connections that outlive the servers behind a balancer. */
  socketConnectionMs: 60 * 60_000,
  /**
   * Without a byte from a WebSocket's client, not even a pong, until it is cut. Prevents dead peers from being kept. Long:
   * some clients answer pings only while they wait for an event, not while they run a tool.
   */
  socketSilenceMs: 10 * 60_000,
  /** From closing a WebSocket until it is cut. Prevents a peer that never answers the close from holding it. */
  socketCloseMs: 5_000,
  /** Frames waiting for the turn before them. Prevents unbounded queues; together they are no larger than one body. */
  socketQueuedFrames: 32,
  /** Bytes of the frames that wait on all WebSockets of a tenant. Prevents many connections from filling memory together. */
  socketTenantQueuedBytes: 64 * 1024 * 1024,
  /** WebSockets of one server. Prevents connections from exhausting memory; beyond it a client falls back to HTTP. */
  sockets: 1024,
  /** `Retry-After` of a WebSocket beyond them. Prevents clients from connecting again at once, all together. */
  socketRetrySeconds: 5,
  /** Bytes a WebSocket's client has not read yet, before its run pauses. Prevents a slow reader from filling memory. */
  socketBufferedBytes: 1024 * 1024,
  /** Responses with `store: false` that a WebSocket remembers, the most recent. Prevents memory exhaustion. */
  socketResponses: 16,
  /** Characters of JSON in what it remembers, histories counted for each response. Prevents memory exhaustion. */
  socketResponseCharacters: 64 * 1024 * 1024,
  /** Characters of JSON that all WebSockets of a tenant remember. Prevents many connections from filling memory together. */
  socketTenantResponseCharacters: 64 * 1024 * 1024,

  /** Connecting to an upstream. Prevents a dead host from holding a request. */
  upstreamConnectMs: 10_000,
  /** From request to first event. Long: a model may load or think before its first token. */
  upstreamFirstByteMs: 300_000,
  /**
   * Silence between two events of an upstream stream. Prevents a hung upstream from holding a run for ever. Comments are
   * silence: a proxy sends them also for a model that hangs.
   */
  upstreamIdleMs: 120_000,
  /**
   * From the last word of an answer (a finish_reason, or the end of a JSON body) until it counts as whole. Prevents an
   * upstream that says no `[DONE]` from holding its run; token counts may still come.
   */
  upstreamFinishMs: 2_000,
  /** From `[DONE]` until the connection is closed. Prevents bodies that never end from using up connections. */
  upstreamCloseMs: 1_000,
  /** From an error status to the end of its body. Prevents an endless body from holding a connection. */
  upstreamErrorMs: 5_000,
  /** Connections to one upstream. Prevents socket exhaustion. The server allows as many as its runs can need. */
  upstreamConnections: 512,
  /** Connections for lists of models, beside those of the runs. Prevents a list from waiting behind runs. */
  upstreamModelsConnections: 2,
  /** Waiting for a free connection to an upstream. Prevents runs from waiting without end behind stuck ones. */
  upstreamConnectionWaitMs: 30_000,
  /** Attempts in all, before the first byte. Prevents a retry storm. */
  upstreamAttempts: 3,
  /** Before the second attempt; doubled for each one after it. Prevents hammering an upstream that is in trouble. */
  upstreamRetryDelayMs: 250,
  /** The longest wait that an upstream's Retry-After may ask of us; beyond it the error goes to the client. */
  upstreamRetryAfterMs: 10_000,
  /** The longest wait that is passed on to a client. Prevents one that never tries again. */
  upstreamToldRetryAfterMs: 24 * 60 * 60_000,
  /** One SSE event from an upstream. Prevents an endless line from filling memory. */
  upstreamEventBytes: 8 * 1024 * 1024,
  /** An upstream's error body, of which the message is read. Prevents an error page from filling memory. */
  upstreamErrorBytes: 64 * 1024,
  /** Batches read from an upstream and not yet taken by the client, before reading pauses. Prevents unbounded queues. */
  upstreamQueuedBatches: 64,
  /** How long a list of an upstream's models is remembered. Prevents a catalogue request for each turn. */
  upstreamModelsMs: 60_000,
  /** Silence while that list is asked for. Short: a list needs no thought, and a page of a UI waits for it. */
  upstreamModelsTimeoutMs: 10_000,

  /**
   * Before an agent among several that could not be asked for its models is asked again. Prevents turns of the others from
   * waiting on it each time.
   */
  agentModelsRetryMs: 10_000,

  ...schemaLimits,
  /** Items of history sent to the agent with `truncation: auto`. Keeps a long chain within a model's window. */
  truncatedHistoryItems: 100,
  ...storeLimits,

  /** Runs at once. Prevents more work than an upstream's connections can carry. */
  runsAtOnce: 512,
  /** Runs that wait for a place. Prevents an endless queue; beyond it a request is refused at once. */
  queuedRuns: 2048,
  /** One run, from its slot to its end. Prevents an upstream that never ends from holding a run for ever. */
  runTimeoutMs: 60 * 60_000,
  /** Servers that may run one response, one after the other. Prevents a run that ends its server from ending all of them. */
  runAttempts: 3,
  /** One answer of an agent, as text. Prevents a runaway upstream from filling memory and disk. */
  answerBytes: 16 * 1024 * 1024,
  /** Bytes that each event of an answer counts beside its text. A logged event takes about 250. Prevents floods of tiny events. */
  answerEventBytes: 32,
  /** Texts, reasonings, refusals, calls and their results in one answer. Prevents floods of empty items. */
  answerItems: 4096,
  /** Our tokens in an answer for each one that the request allows. Prevents cutting one that another tokenizer counts. */
  answerTokensFactor: 4,
  /** Tokens beyond those. Prevents cutting a short answer that is one long word to the agent. */
  answerTokensMargin: 64,
  /** The history of one turn, as stored JSON. Prevents a long chain of large turns from blocking the server at each turn. */
  historyBytes: 32 * 1024 * 1024,
  /** Items in the history of one turn. Prevents many small ones from blocking the server as few large ones would. */
  historyItems: 50_000,
  /** An older item that is read to learn whether a history beyond its bounds keeps it, as it does system messages. */
  pinnedItemBytes: 64 * 1024,
  /** All such items together. Prevents the search for them from costing as much as the history itself. */
  pinnedSearchBytes: 4 * 1024 * 1024,
  /** Between two measurements of what a tenant with a quota has stored. Prevents a measurement for each request. */
  quotaMeasureMs: 2_000,
  /** After this long without one, a request waits for the next. Prevents what other servers stored from being overlooked. */
  quotaMeasuredMs: 30_000,
  /** One step of a measurement in SQLite. Prevents it from blocking the server. */
  quotaStepMs: 10,
  /** How long a server is taken to live after its last sign of life. Prevents runs that nobody ends when it has died. */
  leaseMs: 15_000,
  /** Between looks into the log of a run, in case a notification was lost. Prevents readers that wait for ever. */
  logPollMs: 500,
  /** Between looks for runs that somebody asked to stop, while notifications come. Prevents a query for each event. */
  cancelLookMs: 25,
  /** Waiting for the lock of a conversation. Prevents a refusal for a turn that has ended and is about to give it back. */
  conversationLockMs: 1_000,
  /** Between attempts at it. */
  conversationLockPollMs: 50,
  /** Events read from a log at once. Prevents a long log from filling memory. */
  logPageEvents: 256,
  /** Events appended to a log at once, which a store may keep in one row. Prevents a page from reading far more than it needs. */
  logAppendEvents: 1024,
  /** How long the log of a run is kept after its end. Prevents logs, each larger than its response, from piling up. */
  logSeconds: 24 * 60 * 60,
  /** How long an idempotency key is kept: clients that try again do so within minutes. Prevents keys from piling up. */
  idempotencySeconds: 24 * 60 * 60,
  /** Between looks for a key's first request to have begun or failed. */
  idempotencyPollMs: 250,
  /** Between looks for what has had its time. */
  reaperMs: 60_000,
  /** Things of each kind removed in one transaction. Prevents large ones from blocking the server together. */
  reapedAtOnce: 8,
  /** Lost runs taken over at once. Prevents one server from taking all that a large one left. */
  lostRuns: 16,
  /** Attempts to restart an orphaned run that other work blocks. Prevents one whose readers wait for ever. */
  recoveryMs: 60_000,
  /** Stopping after a failure that nothing handles. Prevents a process that no longer works from living on. */
  guardMs: 3_000,

  /** Runs of one chat completion with `n` at the same time. Prevents one request from taking all of an upstream's slots. */
  chatRunsAtOnce: 8,

  /** Characters of one request that are really tokenized. Prevents a 32 MB body from costing seconds of CPU. */
  tokenizerCharacters: 256 * 1024,

  /** Of each body that `talaria record` keeps and checks. Prevents memory exhaustion; a larger one only passes through. */
  recordBodyBytes: 32 * 1024 * 1024,
  /** Violations of one exchange that it tells; the rest is counted. Prevents a flood from a stream with one fault in each event. */
  recordViolations: 20,
  /** Of clients' own keys, which `talaria record` looks for everywhere. Prevents each request from being slower than the one before it. */
  recordKnownKeys: 100,
  /** The head of a request or an answer that it passes on. Wider than Node's: it must not be what a session fails at. */
  recordHeadBytes: 64 * 1024,
  /** How long an idle connection to the upstream may be used again. Short: prevents a request on one that is being closed. */
  recordIdleConnectionMs: 1_500,
  /** The longest pause of a recording that is replayed at its own pace. Prevents hours of a session from being waited for. */
  replayDelayMs: 60_000,

  /** One exchange of `talaria verify`, unless told otherwise. Prevents a server that hangs from holding the run. */
  verifyTimeoutMs: 30_000,
  /** Audits at the same time. Keeps a run short without being a load test. */
  verifyAudits: 6,
  /** A reply, or a stream as a whole. Prevents a server that never stops from filling memory. */
  verifyReplyBytes: 16 * 1024 * 1024,
  /** Requests of one kind in a row without an answer, before the others of that kind fail unasked. Prevents waiting for each. */
  verifyUnanswered: 3,
  /** Characters of an offending body that a report shows. Prevents reports nobody can read. */
  verifyExcerptCharacters: 600,
  /** Between two looks at a run in the background. */
  verifyPollMs: 100,
  /** The body that must be refused or taken, never left hanging: larger than what servers commonly take. */
  verifyLargeBodyBytes: 40 * 1024 * 1024,
} as const;
