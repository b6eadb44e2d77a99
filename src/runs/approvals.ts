import { createHash } from 'node:crypto';
import { ApiError } from '../errors/api-error.ts';
import type { ApprovalStore, StoredApproval } from '../store/approval-store.ts';
import type { RunId } from '../store/run-store.ts';
import type { NewWebhook } from '../store/webhook-store.ts';

/** An MCP server. Without a URL it is the configured one with the label. */
interface Server {
  label: string;
  url?: string;
}

/** What an approval allows: one call of one tool of one server. */
export interface ApprovedCall {
  server: Server;
  tool: string;
  /** The JSON text that the model wrote. */
  arguments: string;
}

/** Returns the hash that binds an approval to its call. */
export function hashApproval({ server, tool, arguments: text }: ApprovedCall): string {
  const identity = JSON.stringify([server.label, server.url ?? null, tool, text]);
  return createHash('sha256').update(identity).digest('base64url');
}

export interface RunApprovalsOptions {
  store: ApprovalStore;
  tenant: string;
  runId: RunId;
  /** The servers of the request. Others are configured ones. */
  servers: readonly Server[];
  /** Returns the sealed state of a call with these arguments. Omitted: operators cannot see them. */
  seal?: (text: string) => string;
  /** How long an approval can be answered, in seconds. */
  seconds: number;
  /** Returns the webhooks that announce an approval. Omitted: none. */
  announce?: ((approval: AskedApproval) => readonly NewWebhook[]) | undefined;
  /** Unix milliseconds. */
  now?: () => number;
}

/** A call that waits for approval. `server`: the label. */
interface ApprovalRequest extends Omit<ApprovedCall, 'server'> {
  /** The id of its `mcp_approval_request` item. */
  id: string;
  server: string;
}

/** A pending approval, as it is announced. */
export interface AskedApproval extends Pick<ApprovalRequest, 'id' | 'server' | 'tool'> {
  tenant: string;
  runId: RunId;
  /** Unix seconds. */
  expiresAt: number;
}

/** Creates the approvals of one run, for the tool loop. */
export function createRunApprovals(options: RunApprovalsOptions) {
  const { store, tenant, runId, servers, seal, seconds, announce, now = Date.now } = options;
  return {
    async ask({ id, server: label, tool, arguments: text }: ApprovalRequest): Promise<void> {
      const server = servers.find((requested) => requested.label === label) ?? { label };
      const createdAt = toSeconds(now());
      const hash = hashApproval({ server, tool, arguments: text });
      const asked = { tenant, id, runId, server: label, tool, expiresAt: createdAt + seconds };
      await store.ask({ ...asked, hash, createdAt, state: seal?.(text) }, announce?.(asked));
    },
    async use(id: string, { approve, reason }: { approve: boolean; reason?: string }): Promise<void> {
      const answeredAt = toSeconds(now());
      if (await store.answer(tenant, id, { approve, reason, runId, now: answeredAt })) return;
      const approval = await store.get(tenant, id);
      if (!approval) throw createUnknown(id);
      if (isRepeated(approval, runId, approve)) return;
      // Unless it expired meanwhile, another run was first.
      if (approval.answer || approval.expiresAt > answeredAt) throw createConflict(approval);
      throw createExpired(id);
    },
  };
}

export interface ApprovalCheck {
  tenant: string;
  id: string;
  /** The run that is about to use the answer. It may have done so before it was interrupted. */
  runId: RunId;
  /** The call of the approval request, as the client or the history has it. */
  call: ApprovedCall;
  approve: boolean;
  /** The path of the id in the request. */
  param: string;
  /** Unix milliseconds. */
  now?: number;
}

/** Checks that a run can use an answer. Rejects with an ApiError otherwise. Another run may still use it first. */
export async function checkApproval(store: ApprovalStore, check: ApprovalCheck): Promise<void> {
  const { tenant, id, runId, call, approve, param, now = Date.now() } = check;
  const approval = await store.get(tenant, id);
  if (approval === undefined) throw createUnknown(id, param);
  if (approval.hash !== hashApproval(call)) throw createChanged(id, param);
  if (isRepeated(approval, runId, approve)) return;
  if (approval.answer) throw createConflict(approval, param);
  if (approval.expiresAt <= toSeconds(now)) throw createExpired(id, param);
}

/** Whether a run may use an answer again: its own, or any denial, since nothing ran. The decision must be the same. */
const isRepeated = ({ answer }: StoredApproval, runId: RunId, approve: boolean): boolean =>
  answer?.approve === approve && (answer.usedBy === runId || !approve);

const toSeconds = (milliseconds: number): number => Math.floor(milliseconds / 1000);
const at = (param: string | undefined) => (param === undefined ? {} : { param });

function createUnknown(id: string, param?: string): ApiError {
  const message = `Approval request '${id}' not found. It may have expired, or its response was deleted.`;
  return new ApiError('approval_not_found', message, at(param));
}

function createChanged(id: string, param: string): ApiError {
  const message =
    `The call of approval request '${id}' has changed. ` +
    "Expected 'server_label', 'name' and 'arguments' as the server sent them, and the same server in 'tools'.";
  return new ApiError('invalid_value', message, { param });
}

function createConflict({ id, answer }: StoredApproval, param?: string): ApiError {
  const message = `Approval request '${id}' has already been answered.`;
  const usedBy = answer ? ` Response '${answer.usedBy}' used the answer.` : '';
  return new ApiError('approval_conflict', message + usedBy, at(param));
}

function createExpired(id: string, param?: string): ApiError {
  const message = `Approval request '${id}' has expired. Ask again, so that the model repeats the call.`;
  return new ApiError('approval_expired', message, at(param));
}
