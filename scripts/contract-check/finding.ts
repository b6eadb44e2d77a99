export type Tool = 'schemathesis' | 'prism mock' | 'prism proxy';

/** A tool's report about the server or the contract. */
export interface Finding {
  tool: Tool;
  /** Method and path, as in the contract. */
  operation: string;
  text: string;
}

/** The outcome of one check. */
export interface Outcome {
  tool: Tool;
  /** Its work: numbers of cases or calls. */
  summary: string;
  findings: Finding[];
}

/** A finding that is expected, with the reason. */
export interface KnownFinding {
  tool: Tool;
  /** Matches the operation. All of them if omitted. */
  operation?: RegExp;
  text: RegExp;
  reason: string;
  /** Whether a run may miss it, because random values decide. */
  occasional?: boolean;
}
