import type { FoundRequest, FoundResult } from './found-page.ts';
import type { RunId } from './run-store.ts';
import type { NewWebhook } from './webhook-store.ts';

export interface NewApproval {
  tenant: string;
  /** The id of the `mcp_approval_request` item. */
  id: string;
  /** The run that asked. Hiding its response removes the approval. */
  runId: RunId;
  /** Identifies the server, the tool and the arguments: SHA-256 as base64url. */
  hash: string;
  /** Unix seconds. */
  createdAt: number;
  /** Unix seconds: it cannot be answered from this time on, and `reap` removes it. */
  expiresAt: number;
  /** The label of the MCP server. Omitted: an earlier version asked, which stored no state either. */
  server?: string | undefined;
  /** Omitted like `server`. */
  tool?: string | undefined;
  /** An `ApprovalState`, sealed: the arguments, and the request that an answer for the tenant repeats. */
  state?: string | undefined;
}

export interface StoredApproval extends NewApproval {
  /** The answer and the run that used it. Omitted: it is pending. */
  answer?: { approve: boolean; reason: string | undefined; usedBy: RunId; answeredAt: number } | undefined;
}

export interface ApprovalAnswer {
  approve: boolean;
  reason?: string | undefined;
  /** The run that uses the answer. */
  runId: RunId;
  /** Unix seconds. */
  now: number;
}

export type ApprovalStatus = 'pending' | 'answered' | 'expired';

export interface ApprovalQuery extends FoundRequest {
  /** `expired`: neither answered nor removed yet. */
  status: ApprovalStatus | 'all';
  tenant?: string | undefined;
  /** The run that asked. */
  runId?: string | undefined;
  /** Unix seconds. */
  now: number;
}

/** Stores approvals. Calls may be concurrent, also through several handles on one database. */
export interface ApprovalStore {
  /** Stores a pending approval and the webhooks that announce it, in one transaction. Does nothing when the id exists. */
  ask(approval: NewApproval, webhooks?: readonly NewWebhook[]): Promise<void>;

  /** Returns an approval. `undefined`: unknown. */
  get(tenant: string, id: string): Promise<StoredApproval | undefined>;

  /** Returns those of several approvals that exist, in any order, in one read. */
  list(tenant: string, ids: readonly string[]): Promise<StoredApproval[]>;

  /**
   * Answers a pending approval for a run. `true`: it is recorded, or was recorded earlier for the same run with the same
   * decision. `false`: unknown, expired, or answered otherwise. Of concurrent calls of several runs, one gets `true`.
   */
  answer(tenant: string, id: string, answer: ApprovalAnswer): Promise<boolean>;

  /** Returns an approval of any tenant, for operators. `undefined`: unknown. */
  find(id: string): Promise<StoredApproval | undefined>;

  /** Returns a page of the approvals of all tenants, newest first by `createdAt`, for operators. */
  listAll(query: ApprovalQuery): Promise<FoundResult<StoredApproval>>;
}
