/** The bounds of MCP servers and their tools. Part of `limits`. */
export const mcpLimits = {
  /** From the start of a server or a connection until it can be used. Prevents a dead server from holding a run. */
  mcpConnectMs: 30_000,
  /** Connecting to the address of a server. Prevents a dead host from holding a request. */
  mcpSocketMs: 10_000,
  /** The question which revision of the protocol a server speaks. Servers that ignore it speak the old one. */
  mcpProbeMs: 10_000,
  /** One page of a list of tools. Prevents a hung server from holding a run. */
  mcpListMs: 30_000,
  /** Before a list is read again. Prevents an old one where a server does not tell of changes, or its message is lost. */
  mcpListAgeMs: 5 * 60_000,
  /** One call without progress, unless the server has its own `timeout`. Prevents a hung tool from holding a run. */
  mcpCallMs: 60_000,
  /** One call with progress. Prevents a tool that reports progress forever from holding a run. */
  mcpCallTotalMs: 60 * 60_000,
  /** Ending a session of a server over HTTP. Prevents a dead server from holding the end of a run. */
  mcpGoodbyeMs: 1_000,
  /** From the exit of a program until its pipes are closed. Prevents a process that holds them from hiding the exit. */
  mcpExitMs: 500,

  /** Before the second start of a server that fails, doubled for each further one. Prevents a loop of restarts. */
  mcpRestartMs: 250,
  mcpLongestRestartMs: 60_000,
  /** After this long, a connection counts as stable: the next failure is the first one again. */
  mcpStableMs: 60_000,
  /** The longest wait for another start of a server that failed. Prevents runs from waiting for a server that is down. */
  mcpRestartWaitMs: 2_000,

  /** MCP servers of one request. Prevents it from opening connections without end. */
  mcpServersOfRequest: 32,
  /** One message of a server. Prevents a result from filling memory. */
  mcpMessageBytes: 8 * 1024 * 1024,
  /** Pages of a list of tools. Prevents a list without end. */
  mcpListPages: 64,
  /** Tools of one server. Prevents them from filling the context of the model. */
  mcpTools: 512,
  /** One tool as JSON: name, description and schema. Prevents a description from filling the context of the model. */
  mcpToolBytes: 64 * 1024,
  /** All tools of one server as JSON. They are stored with each run that offers them. */
  mcpListBytes: 512 * 1024,
  /** Rounds of questions that a tool asks before it runs. Prevents one that asks forever from holding a run. */
  mcpQuestionRounds: 3,

  /** The text of one tool's result. Prevents a result from filling the context of the model. */
  toolResultBytes: 256 * 1024,
  /** The images of one tool's result, as base64. They are stored with the run. */
  toolImageBytes: 4 * 1024 * 1024,
  /** The text of a failure that a server reports. Prevents dumps of its state. */
  mcpReasonCharacters: 2_000,
  /** One line that a server writes to standard error. Prevents it from filling the log. */
  mcpLogLineCharacters: 2_000,
} as const;
