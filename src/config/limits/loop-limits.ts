/** The bounds of the tool loop. Part of `limits`. */
export const loopLimits = {
  /** Calls of the model in one run, for an agent without `max_iterations`. Prevents endless loops. */
  agentIterations: 90,
  /** Calls of one run's tools at once. Prevents a reply with many calls from flooding a server. Further ones wait. */
  toolCallsAtOnce: 16,
  /** Between two progress events of one call. Prevents a chatty tool from filling the log. */
  toolProgressMs: 500,
  /** Consecutive interruptions of one tool in a run. Prevents a tool that stops the server from stopping it forever. */
  toolInterruptions: 3,
  /** Text of a chat reply that waits for a possible call after it. Prevents preambles from becoming part of the answer. */
  preambleCharacters: 256,
  /** Sources or matches of one hosted search. Prevents a long list of results from filling the item. */
  searchResults: 100,
} as const;
