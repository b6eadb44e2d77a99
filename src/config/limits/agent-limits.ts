/** The bounds of agents: upstream connections, retries, replayed pauses and answers. Part of `limits`. */
export const agentLimits = {
  /** Connecting to an upstream. Prevents a dead host from holding a request. */
  upstreamConnectMs: 10_000,
  /** From request to first event. Long: a model may load or think before its first token. */
  upstreamFirstByteMs: 300_000,
  /**
   * Silence between two events of an upstream stream. Prevents a hung upstream from holding a run. Comments count as
   * silence: proxies send them for a hung model too.
   */
  upstreamIdleMs: 120_000,
  /**
   * From the end of an answer (a finish_reason, or the end of a JSON body) until it counts as complete. Prevents an
   * upstream that omits `[DONE]` from holding its run; token counts may still arrive.
   */
  upstreamFinishMs: 2_000,
  /**
   * Answers that take longer are requested as streams, where the form is learned. Prevents long plain answers from
   * reaching `upstreamFirstByteMs`, or the time-out of a proxy for silent connections.
   */
  upstreamPlainMs: 10_000,
  /** From `[DONE]` until the connection is closed. Prevents endless bodies from using up connections. */
  upstreamCloseMs: 1_000,
  /** From an error status to the end of its body. Prevents an endless body from holding a connection. */
  upstreamErrorMs: 5_000,
  /** Connections to one upstream. Prevents socket exhaustion. The server allows as many as its runs can need. */
  upstreamConnections: 512,
  /** Connections for model lists, beside those of the runs. Prevents a list from waiting behind runs. */
  upstreamModelsConnections: 2,
  /** Sessions of which the last turn is remembered, to find forks. Prevents them from filling memory. */
  upstreamSessions: 4096,
  /** Concurrent runs of a Hermes without `max_runs`: its own default. Prevents its 429 while others end. */
  hermesRuns: 10,
  /** Connections to Hermes for transcripts and stops, beside those of its runs. Prevents a stop from waiting behind runs. */
  upstreamControlConnections: 16,
  /** A request to Hermes that takes no thinking. Prevents a hung one from holding a run or a stop of the server. */
  upstreamControlMs: 10_000,
  /** Reads of a transcript that lacks what an event of the run tells of. Prevents polling for what never comes. */
  upstreamTranscriptReads: 4,
  /** Wait between them: Hermes writes a result about a millisecond after its event. */
  upstreamTranscriptDelayMs: 25,
  /** Wait for a free connection to an upstream. Prevents runs from waiting indefinitely behind stuck ones. */
  upstreamConnectionWaitMs: 30_000,
  /** Attempts in total, before the first byte. Prevents a retry storm. */
  upstreamAttempts: 3,
  /** Requests repeated in another form after refusals, for one run. Prevents a loop with an upstream that refuses all. */
  upstreamAdaptations: 6,
  /** Lessons of refusals by models of one upstream. Prevents models that clients name from filling memory. */
  upstreamLessons: 1_000,
  /** Models of one upstream whose answer times are remembered. Prevents names of clients from filling memory. */
  upstreamAnsweringModels: 1_000,
  /** Delay before the second attempt, doubled for each further one. Prevents overloading a failing upstream. */
  upstreamRetryDelayMs: 250,
  /** Longest Retry-After of an upstream that is waited for. Beyond it the client receives the error. */
  upstreamRetryAfterMs: 10_000,
  /** Longest Retry-After that is passed on to a client. Prevents a client from never retrying. */
  upstreamPassedRetryAfterMs: 24 * 60 * 60_000,
  /** One SSE event from an upstream. Prevents an endless line from filling memory. */
  upstreamEventBytes: 8 * 1024 * 1024,
  /** Bytes read of an upstream's error body. Prevents an error page from filling memory. */
  upstreamErrorBytes: 64 * 1024,
  /** The reason of an upstream's error that clients receive. Prevents dumps of the agent's state. */
  upstreamReasonCharacters: 500,
  /** Content codings of one answer. Prevents a body that is compressed many times from occupying the server. */
  upstreamCodings: 2,
  /** Batches buffered for a slow client before reading from the upstream pauses. Prevents unbounded queues. */
  upstreamQueuedBatches: 64,
  /** Time for which an upstream's model list is cached. Prevents a catalogue request for each turn. */
  upstreamModelsMs: 60_000,
  /** Silence while that list is requested. Short: it takes no thinking, and a page of a UI waits for it. */
  upstreamModelsTimeoutMs: 10_000,
  /** Runs that wait for one of an agent's `max_runs`. Prevents them from taking every slot of the server. */
  agentQueuedRuns: 256,
  /** Before an unreachable agent is asked for its models again. Prevents it from delaying turns of the others. */
  agentModelsRetryMs: 10_000,
  /** Longest pause of a recording replayed at its own pace. Prevents a replay from taking hours. */
  replayDelayMs: 60_000,

  /** One answer of an agent, as text. Prevents a runaway upstream from filling memory and disk. */
  answerBytes: 16 * 1024 * 1024,
  /** Bytes that each event counts beside its text; in the log it takes about 250. Prevents floods of tiny events. */
  answerEventBytes: 32,
  /** Texts, reasonings, refusals, calls and their results in one answer. Prevents floods of empty items. */
  answerItems: 4096,
  /** Provider data of one answer's message, and of its calls. Prevents a runaway upstream from filling memory with it. */
  answerProviderBytes: 1024 * 1024,
  /** Tokens of our tokenizer per token that the request allows. Prevents cutting answers that tokenizers count differently. */
  answerTokensFactor: 4,
  /** Tokens allowed beyond those. Prevents cutting a short answer that is one long word to the agent. */
  answerTokensMargin: 64,
  /** Characters of one request that are tokenized. Prevents a 32 MB body from costing seconds of CPU. */
  tokenizerCharacters: 256 * 1024,
} as const;
