import type { JournalStep } from '../../agent/loop/journal-step.ts';
import type { LoopServices } from '../../agent/loop/loop-services.ts';
import { omitUndefined } from '../../json/omit-undefined.ts';
import { sealApprovalState } from '../../runs/approval-state.ts';
import { type AskedApproval, createRunApprovals } from '../../runs/approvals.ts';
import type { ResponsePlan } from '../plan/plan-response.ts';
import type { ResponseRequest, ResponsesDeps } from '../responses-deps.ts';
import type { RunSteering } from './run-steering.ts';
import { toFollowUp } from './to-follow-up.ts';

interface LoopState {
  request: ResponseRequest;
  /** The steps so far. `undefined`: the run is not journalled. */
  journal: readonly JournalStep[] | undefined;
  /** `undefined`: the run cannot be steered. */
  steering: RunSteering | undefined;
}

/** Returns what the tool loop needs for a response. Keeps no input, which may be large, in memory during the run. */
export function createLoopServices(
  { id, tenant, agentRequest }: ResponsePlan,
  {
    store,
    sealer,
    approvalSeconds,
    announcer,
  }: Pick<ResponsesDeps, 'store' | 'sealer' | 'approvalSeconds' | 'announcer'>,
  { request: { input: _input, ...request }, journal, steering }: LoopState,
): LoopServices {
  const { servers = [], waivers } = agentRequest.loop ?? {};
  const seal = (text: string) => {
    const followUp = omitUndefined({ request: toFollowUp(request), waivers });
    return sealApprovalState({ arguments: text, ...followUp }, { sealer, tenant });
  };
  const announce = announcer && ((approval: AskedApproval) => announcer.approvalRequested(approval));
  const options = { store: store.approvals, tenant, runId: id, servers, seal, seconds: approvalSeconds, announce };
  return { approvals: createRunApprovals(options), ...omitUndefined({ journal, isSteered: steering?.isSteered }) };
}
