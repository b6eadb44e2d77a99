import type { JournalStep } from './journal-step.ts';

/** A call that waits for approval. */
export interface ApprovalRequest {
  /** The id of its `mcp_approval_request` item. */
  id: string;
  server: string;
  tool: string;
  arguments: string;
}

/** The approvals of one run. */
export interface Approvals {
  /** Stores a pending approval. Idempotent: asking again with the same id changes nothing. */
  ask(approval: ApprovalRequest): Promise<void>;
  /**
   * Uses an answer for this run, once among all servers. Resolves for the same run again. Rejects with
   * `approval_conflict` when another run has used it, and with `approval_expired` when its time is up.
   */
  use(id: string, answer: { approve: boolean; reason?: string }): Promise<void>;
}

/** The services of the server that the tool loop uses. */
export interface LoopServices {
  /** The steps of earlier executions of this run, possibly none. Omitted: the run is not journalled. */
  journal?: readonly JournalStep[];
  /** Omitted: no approvals can be asked for. */
  approvals?: Approvals;
  /** Whether input of the user waits, so that the run must end at the next tool boundary. */
  isSteered?: () => boolean;
}

/** The token budget of a tenant. */
export interface Budget {
  /** Rejects with a `rate_limit_exceeded` ApiError when the budget is used up. Called before each call of a model. */
  check(): Promise<void>;
  /** Adds the tokens of a call to the tenant's counters. */
  spend(tokens: number): Promise<void>;
}
