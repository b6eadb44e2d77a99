/** The bounds of the offline agent, with the problem that each prevents. */
export const offlineLimits = {
  /** Tokens of a scripted stream. Prevents a test message from running for hours. */
  tokens: 100_000,
  /** The longest pause between two tokens of a script. Prevents a script from occupying a run slot for hours. */
  delayMs: 60_000,
  /** Characters quoted of a message or of a tool result. Prevents replies that grow with the conversation. */
  quoteCharacters: 1000,
  /** Values in one sample of a schema. Prevents recursive schemas from filling memory. */
  sampleValues: 2000,
  /** Levels in one sample. Prevents a deep schema from exhausting the stack. */
  sampleDepth: 64,
  /** Characters of one sampled string. Prevents huge strings for a schema like `minLength: 1e9`. */
  sampleCharacters: 20_000,
  /** Characters of a regular expression in a schema. Prevents a long one from taking long to sample. */
  patternCharacters: 500,
} as const;
