import type { AgentEndReason, AgentUsage } from '../agent-client.ts';

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
  /** Played once, before the answer is longer than this many tokens, at its end at the latest. */
  cue?: { after: number; play(): void | Promise<void> };
  /** Output tokens per second. Omitted: as fast as possible. */
  rate?: number;
  /** Token counts to report instead of the counted ones. */
  usage?: Partial<AgentUsage>;
  /** Why the answer ends, unless it is cut short. Default: derived from its steps. */
  endReason?: AgentEndReason;
}
