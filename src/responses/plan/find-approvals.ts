import type { AnsweredApproval, RequestedServer } from '../../agent/loop/loop-request.ts';
import { ApiError } from '../../errors/api-error.ts';
import type { ResponseId } from '../../ids.ts';
import { omitUndefined } from '../../json/omit-undefined.ts';
import { checkApproval } from '../../runs/approvals.ts';
import type { StoredItem } from '../../store/stored-item.ts';
import type { ResponsesDeps } from '../responses-deps.ts';
import type { TurnItems } from './list-tools.ts';

interface ApprovalContext extends TurnItems {
  /** The response that uses the answers. */
  runId: ResponseId;
  tenant: string;
  isOperator: boolean;
  servers: readonly RequestedServer[];
  /** The request's limit. */
  maxToolCalls: number | undefined;
  /** Whether the agent speaks the Responses API: it knows the approvals that it asked for itself. */
  speaksResponses: boolean;
}

/**
 * Returns the approvals that the input answers. Rejects with an ApiError for one that is unknown, changed, expired or
 * answered before, or that the caller may not answer, and for more approved calls than the request may run.
 */
export async function findApprovals(
  { history, input, speaksResponses, maxToolCalls, ...context }: ApprovalContext,
  { store, tenants }: Pick<ResponsesDeps, 'store' | 'tenants'>,
): Promise<AnsweredApproval[]> {
  const answered = new Map<string, AnsweredApproval>();
  for (const [index, item] of input.entries()) {
    if (item['type'] !== 'mcp_approval_response') continue;
    const param = `input[${index}].approval_request_id`;
    const answer = item as StoredItem & { approval_request_id: string; approve: boolean; reason?: string | null };
    const { approval_request_id: id, approve, reason } = answer;
    if (speaksResponses && !(await store.approvals.get(context.tenant, id))) continue;
    const { server, ...call } = findCall(id, [...history, ...input], param);
    if (answered.has(id)) throw duplicate(id, param);
    if (tenants.settings(context.tenant).approve === 'operator' && !context.isOperator) throw denied(param);
    const { tenant, runId, servers } = context;
    const identity = servers.find(({ label }) => label === server) ?? { label: server };
    await checkApproval(store.approvals, { tenant, id, runId, call: { server: identity, ...call }, approve, param });
    answered.set(id, { id, server, ...call, approve, ...omitUndefined({ reason: reason || undefined }) });
  }
  const approvals = [...answered.values()];
  checkCount(approvals, maxToolCalls);
  return approvals;
}

/** An approved call beyond the limit would not run, and its approval would be used up. */
function checkCount(approvals: readonly AnsweredApproval[], limit = Number.POSITIVE_INFINITY): void {
  const count = approvals.filter(({ approve }) => approve).length;
  if (count <= limit) return;
  const message = `The input approves ${count} calls, and 'max_tool_calls' allows ${limit}. Approve fewer, or raise it.`;
  throw new ApiError('invalid_value', message, { param: 'max_tool_calls' });
}

function findCall(id: string, items: readonly StoredItem[], param: string) {
  const item = items.find((candidate) => candidate['type'] === 'mcp_approval_request' && candidate.id === id);
  if (!item) {
    const message =
      `Approval request '${id}' not found in the input or the history. ` +
      'Send its item, or continue the response that asked.';
    throw new ApiError('approval_not_found', message, { param });
  }
  return { server: String(item['server_label']), tool: String(item['name']), arguments: String(item['arguments']) };
}

function duplicate(id: string, param: string): ApiError {
  return new ApiError('invalid_value', `Approval request '${id}' is answered twice. Expected one answer.`, { param });
}

function denied(param: string): ApiError {
  const message = "This key may not approve calls. Expected the key of an operator ('role: operator').";
  return new ApiError('approval_denied', message, { param });
}
