/** One step of an answer of the offline agent. */
export type Step =
  /** `delayMs` is the pause before each token. */
  | { type: 'text' | 'reasoning' | 'refusal'; text: string; delayMs?: number }
  /** With `result` the agent runs the call itself. `arguments` is sent unchanged. */
  | { type: 'tool-call'; name: string; arguments: string; result?: string }
  | { type: 'wait'; milliseconds: number }
  /** Ends the answer with the reason `content-filter`. */
  | { type: 'filter' };

/** A complete answer. */
export interface Plan {
  steps: Step[];
  /** Number of tokens after which the answer ends with the reason `length`. */
  tokenLimit?: number;
  /** Number of output tokens after which the stream breaks, at its end at the latest. */
  breakAfter?: number;
}
