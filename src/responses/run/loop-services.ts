import type { JournalStep } from '../../agent/loop/journal-step.ts';
import type { LoopServices } from '../../agent/loop/loop-services.ts';
import { omitUndefined } from '../../json/omit-undefined.ts';
import { type AskedApproval, createRunApprovals } from '../../runs/approvals.ts';
import type { ResponsePlan } from '../plan/plan-response.ts';
import type { ResponsesDeps } from '../responses-deps.ts';
import type { RunSteering } from './run-steering.ts';

interface LoopState {
  /** The steps so far. `undefined`: the run is not journalled. */
  journal: readonly JournalStep[] | undefined;
  /** `undefined`: the run cannot be steered. */
  steering: RunSteering | undefined;
}

/** Returns what the tool loop needs for a response. */
export function createLoopServices(
  { id, tenant, agentRequest }: ResponsePlan,
  { store, approvalSeconds, announcer }: Pick<ResponsesDeps, 'store' | 'approvalSeconds' | 'announcer'>,
  { journal, steering }: LoopState,
): LoopServices {
  const servers = agentRequest.loop?.servers ?? [];
  const announce = announcer && ((approval: AskedApproval) => announcer.approvalRequested(approval));
  const options = { store: store.approvals, tenant, runId: id, servers, seconds: approvalSeconds, announce };
  return { approvals: createRunApprovals(options), ...omitUndefined({ journal, isSteered: steering?.isSteered }) };
}
