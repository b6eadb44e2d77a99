import { ApiFailure, describeFailure } from '../api/failure.ts';
import { answerApproval, getApproval } from '../api/operations.ts';
import type { Approval, ApprovalAnswer } from '../api/types.ts';
import { showToast } from '../state/toast.ts';

/** Failures after which the request needs no answer any more. */
const settled: readonly (string | null)[] = ['approval_conflict', 'approval_expired', 'approval_not_found'];

/** Sends an answer and shows its result, also if another caller has answered the request or it has expired. */
export async function sendAnswer({ id, tool }: Approval, answer: ApprovalAnswer): Promise<void> {
  try {
    const { id: successor } = await answerApproval(id, answer);
    showToast(`${answer.approve ? 'Approved' : 'Denied'}: ${tool}.`, successor);
  } catch (error) {
    const failure = ApiFailure.from(error);
    if (!settled.includes(failure.code)) throw failure;
    showToast(describeFailure(failure), await findAnswer(id));
  }
}

/** Returns the response that used the answer, if it is known. */
async function findAnswer(id: string): Promise<string | null> {
  try {
    return (await getApproval(id)).answered_by;
  } catch {
    return null;
  }
}
