import type { AgentEventBatch, AgentRequest, RunOptions } from '../../agent/agent-client.ts';
import { noUsage } from '../../agent/usage/add-usage.ts';
import { estimateInputTokens } from '../../agent/usage/estimate-input-tokens.ts';
import type { CompactedHistory } from '../../items/parse-compaction.ts';
import type { ResponsePlan } from '../plan/plan-response.ts';
import { toSummaryMessage } from '../plan/to-summary-message.ts';
import type { ResponsesDeps } from '../responses-deps.ts';
import { type Compaction, compactHistory, keepFrom } from './compact-history.ts';

/** A run that the agent has accepted. */
export interface BegunRun {
  /** The compacted history, if it was compacted. */
  compaction: Compaction | undefined;
  /** Whether an earlier execution compacted the history, and sent that. */
  isCompactionSent?: boolean;
  /** The answer; `undefined` when only a compaction was requested. */
  batches: AsyncIterable<AgentEventBatch> | undefined;
}

/**
 * Calls the agent for the answer, for a compaction, or for both. Rejects with an ApiError when it refuses. `sent`: the
 * history that an earlier execution compacted.
 */
export async function beginRun(
  plan: ResponsePlan,
  deps: ResponsesDeps,
  { sent, ...runOptions }: RunOptions & { sent?: CompactedHistory | undefined },
): Promise<BegunRun> {
  const { agentRequest } = plan;
  const options = { ...runOptions, budget: deps.budgetOf(plan.tenant) };
  const compaction = sent ? toSentCompaction(sent) : await compactIfDue(plan, deps, options);
  const begun = { compaction, isCompactionSent: sent !== undefined };
  if (plan.compaction === 'only') return { ...begun, batches: undefined };
  const request = compaction ? withCompaction(agentRequest, compaction) : agentRequest;
  return { ...begun, batches: await deps.agent.run(request, options) };
}

/** The tokens of a compaction by an earlier execution are not known. */
const toSentCompaction = (sent: CompactedHistory): Compaction => ({ ...sent, usage: noUsage, usageIsEstimate: true });

/** Returns the request with the compacted history in place of the whole one. */
function withCompaction(
  { agentState: _state, responses, ...request }: AgentRequest,
  { summary, messages }: Compaction,
): AgentRequest {
  const compacted = { ...request, messages: [toSummaryMessage(summary), ...messages] };
  if (!responses) return compacted;
  return { ...compacted, responses: () => ({ ...responses(), items: [], newItems: 0, messages: 0 }) };
}

async function compactIfDue(
  { compaction, agentRequest, pastMessages }: ResponsePlan,
  { agent }: ResponsesDeps,
  options: RunOptions,
): Promise<Compaction | undefined> {
  const { messages } = agentRequest;
  if (compaction === 'none') return undefined;
  if (compaction === 'only') {
    return compactHistory(agent, agentRequest, { kept: keepFrom(messages, messages.length), ...options });
  }
  const kept = keepFrom(messages, pastMessages);
  if (kept.length === messages.length) return undefined;
  if ((await estimateInputTokens(agentRequest)) <= compaction.above) return undefined;
  return compactHistory(agent, agentRequest, { kept, ...options });
}
