import type { AnsweredApproval } from '../../agent/loop/loop-request.ts';
import type { ResponsesDeps } from '../responses-deps.ts';
import type { TurnItems } from './list-tools.ts';
import { ApprovalRecord, type UsedAnswers } from './server-calls.ts';

interface UsedContext extends TurnItems {
  tenant: string;
  /** The approvals that this turn answers. */
  approvals: readonly AnsweredApproval[];
}

/**
 * Returns the answers that responses outside the conversation used: failed ones, and those of other branches. The store
 * is read once, and only if a request of the conversation has neither a call nor a denial.
 */
export async function findUsedAnswers(
  { history, input, tenant, approvals }: UsedContext,
  { store }: Pick<ResponsesDeps, 'store'>,
): Promise<UsedAnswers> {
  const answeredNow = new Set(approvals.map(({ id }) => id));
  const { unsettled } = new ApprovalRecord([...history, ...input], answeredNow);
  // A client may send items with any id.
  const ids = unsettled.filter((id) => /^mcpr_\w+$/.test(id));
  if (ids.length === 0) return new Map();
  const stored = await store.approvals.list(tenant, ids);
  return new Map(stored.flatMap(({ id, answer }) => (answer ? [[id, answer]] : [])));
}
