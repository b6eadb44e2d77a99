/** The bounds of `talaria doctor`, each with what it prevents. */
export const doctorLimits = {
  /** One request, by default. Prevents a hung agent from blocking the command. */
  timeoutMs: 60_000,
  /** The check at the start of a server. Prevents a hung agent from holding a connection. */
  startTimeoutMs: 10_000,
  /** First output after this long is reported: many clients and proxies give up at one or a few minutes. */
  slowFirstOutputMs: 10_000,
  /** Tokens requested of each answer. Prevents cost. */
  answerTokens: 48,
  /** Tokens requested of a structured answer. Fewer would cut it before its end. */
  structuredTokens: 128,
  /** Concurrent requests, by default. Prevents a load test. */
  runs: 12,
  /** Characters shown of an agent's text. Prevents lines too long to read. */
  excerptCharacters: 160,
  /** Model names shown of a list. */
  shownModels: 5,
} as const;
