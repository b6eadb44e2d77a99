import type { JournalStep } from '../../agent/loop/journal-step.ts';
import type { LoopServices } from '../../agent/loop/loop-services.ts';
import { omitUndefined } from '../../json/omit-undefined.ts';
import { createRunApprovals } from '../../runs/approvals.ts';
import type { ResponsePlan } from '../plan/plan-response.ts';
import type { ResponsesDeps } from '../responses-deps.ts';

/** Returns what the tool loop needs for a response. `journal`: its steps so far; `undefined`: it is not journalled. */
export function createLoopServices(
  { id, tenant, agentRequest }: ResponsePlan,
  { store, approvalSeconds }: Pick<ResponsesDeps, 'store' | 'approvalSeconds'>,
  journal: readonly JournalStep[] | undefined,
): LoopServices {
  const servers = agentRequest.loop?.servers ?? [];
  const options = { store: store.approvals, tenant, runId: id, servers, seconds: approvalSeconds };
  return { approvals: createRunApprovals(options), ...omitUndefined({ journal }) };
}
