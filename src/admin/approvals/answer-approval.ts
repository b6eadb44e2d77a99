import type { ApprovalWaiver } from '../../agent/loop/loop-request.ts';
import type { Schemas } from '../../contract/types.ts';
import { ApiError } from '../../errors/api-error.ts';
import { isResponseId } from '../../ids.ts';
import { omitUndefined } from '../../json/omit-undefined.ts';
import type { Services } from '../../services.ts';
import type { StoredApproval } from '../../store/approval-store.ts';
import type { StoredResponse } from '../../store/response-store.ts';
import { toSettings } from '../runs/to-request.ts';
import { openApproval } from './open-approval.ts';
import { findApproval } from './read-approvals.ts';

type ResponseRequest = Schemas['CreateResponseRequest'];

/** A background response that an operator starts for a tenant. */
export interface FollowUp {
  request: ResponseRequest;
  tenant: string;
  waivers: readonly ApprovalWaiver[];
}

export type StartFollowUp = (followUp: FollowUp) => Promise<Schemas['ResponseResource']>;

/**
 * Answers an approval request on behalf of its tenant: a background response continues the one that asked. Rejects with
 * an ApiError if the answer cannot count.
 */
export async function answerApproval(
  id: string,
  answer: Schemas['AnswerApprovalRequest'],
  deps: Pick<Services, 'store' | 'sealer'>,
  start: StartFollowUp,
): Promise<Schemas['ResponseResource']> {
  const approval = await findApproval(id, deps);
  const { tenant, runId } = approval;
  const asking = isResponseId(runId) ? await deps.store.responses.get(tenant, runId) : undefined;
  if (!asking) throw notStored();
  const state = openApproval(approval, deps.sealer);
  const request = toFollowUp(asking, state?.request ?? toSettings(asking), toAnswer(approval, answer));
  const waivers = [...(state?.waivers ?? []), ...toWaivers(approval, answer)];
  try {
    return await start({ request, tenant, waivers });
  } catch (reason) {
    throw withParam(reason);
  }
}

const toAnswer = ({ id }: StoredApproval, { approve, reason }: Schemas['AnswerApprovalRequest']) => ({
  ...{ type: 'mcp_approval_response', approval_request_id: id, approve },
  ...omitUndefined({ reason }),
});

/** Returns the request that continues a response with an answer. A forced call is not forced again. */
function toFollowUp(
  { id: previous_response_id, conversationId: conversation }: StoredResponse,
  { conversation: _named, tool_choice: _forced, ...settings }: Readonly<Record<string, unknown>>,
  answer: object,
): ResponseRequest {
  const place = conversation ? { conversation } : { previous_response_id };
  return { ...settings, ...place, input: [answer], background: true, store: true } as ResponseRequest;
}

function toWaivers(
  { server, tool }: StoredApproval,
  { approve, remember }: Schemas['AnswerApprovalRequest'],
): ApprovalWaiver[] {
  if (!approve || !remember || server === undefined) return [];
  return [{ server, ...(remember === 'tool' ? omitUndefined({ tool }) : {}) }];
}

/** Returns an error about the answer with the parameter of this operation. */
function withParam(reason: unknown): unknown {
  if (!(reason instanceof ApiError) || !reason.param?.startsWith('input')) return reason;
  return new ApiError(reason.code, reason.message, { param: 'approval_id', cause: reason });
}

function notStored(): ApiError {
  const message = 'The response that asks was not stored, or it was deleted. Only its client can answer.';
  return new ApiError('unsupported_value', message, { param: 'approval_id' });
}
