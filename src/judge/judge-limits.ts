/** The bounds of judging a value against a contract, each with what it prevents. */
export const judgeLimits = {
  /** Violations of one body or event. Prevents a report too long to read, and a long search in a long list. */
  violations: 50,
} as const;
