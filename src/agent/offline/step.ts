/** One thing the offline agent does while it answers. */
export type Step =
  /** `delayMs` is waited before each token. */
  | { type: 'text' | 'reasoning' | 'refusal'; text: string; delayMs?: number }
  /** `result` is present when the agent runs the call itself. `arguments` is sent as it is. */
  | { type: 'tool-call'; name: string; arguments: string; result?: string }
  | { type: 'wait'; milliseconds: number }
  /** Ends the answer as a content filter does. */
  | { type: 'filter' };

/** A whole answer. */
export interface Plan {
  steps: Step[];
  /** The output ends here, with the reason `length`. */
  tokenLimit?: number;
  /** The stream breaks after this many tokens of output; at its end when there are fewer. */
  breakAfter?: number;
}
