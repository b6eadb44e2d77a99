import type { Schemas } from '../../contract/types.ts';
import type { StoredApproval } from '../../store/approval-store.ts';

export interface ApprovalDetails {
  /** The arguments of the call; `undefined`: they cannot be read. */
  arguments: string | undefined;
  /** Those of the tenant's last request for the same tool. */
  previousArguments: string | undefined;
  model: string | undefined;
  /** Unix seconds. */
  now: number;
}

/** Maps an approval to the contract's. */
export function toApproval(approval: StoredApproval, details: ApprovalDetails): Schemas['Approval'] {
  const { id, tenant, runId, server = '', tool = '', createdAt, expiresAt, answer } = approval;
  return {
    id,
    object: 'approval',
    status: toStatus(approval, details.now),
    tenant,
    response_id: runId,
    model: details.model ?? null,
    server_label: server,
    tool,
    arguments: details.arguments ?? null,
    previous_arguments: details.previousArguments ?? null,
    reason: answer?.reason ?? null,
    answered_by: answer?.usedBy ?? null,
    created_at: createdAt,
    expires_at: expiresAt,
    answered_at: answer?.answeredAt ?? null,
  };
}

function toStatus({ answer, expiresAt }: StoredApproval, now: number): Schemas['ApprovalStatus'] {
  if (answer) return answer.approve ? 'approved' : 'denied';
  return expiresAt <= now ? 'expired' : 'pending';
}
