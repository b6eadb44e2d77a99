import type { Caller } from '../contract/operations.ts';
import type { Schemas } from '../contract/types.ts';
import { ApiError } from '../errors/api-error.ts';
import { createItemId, createResponseId } from '../ids.ts';
import { fromStoredItem } from '../items/from-stored-item.ts';
import { sealCompaction } from '../items/open-sealed.ts';
import { RunReport } from '../runs/run-report.ts';
import { RunResources } from '../runs/run-resources.ts';
import { toFailure } from '../runs/to-failure.ts';
import { toResponseUsage } from './events/to-response-usage.ts';
import { pickEffective } from './plan/pick-effective.ts';
import { planResponse } from './plan/plan-response.ts';
import { compactionFields } from './plan/request-fields.ts';
import { isLasting } from './plan/truncate-items.ts';
import type { ResponsesDeps } from './responses-deps.ts';
import { compactHistory, keepFrom } from './run/compact-history.ts';

export interface CompactionResult {
  compacted: Schemas['CompactedResponse'];
  usageIsEstimate: boolean;
}

/**
 * Compacts a history. System messages and changes of settings stay as they are, calls that await their output are kept in the compaction item, and
 * the agent summarises the rest. The result replaces the history as input.
 */
export async function compactResponse(
  request: Schemas['CompactResponseRequest'],
  deps: ResponsesDeps,
  caller: Caller,
): Promise<CompactionResult> {
  if (!request.model) {
    throw new ApiError('missing_required_parameter', "Missing required parameter: 'model'.", { param: 'model' });
  }
  const id = createResponseId();
  const plan = await planResponse({ ...pickEffective(request, compactionFields), input: request.input ?? [] }, deps, {
    ...caller,
    id,
    needsItems: true,
  });
  const { messages } = plan.agentRequest;
  const kept = keepFrom(messages, messages.length);
  const { tenant, requestId, trace } = caller;
  await using resources = new RunResources();
  resources.slot = deps.runs.slots.enter(tenant);
  const { model } = plan.resource;
  const facts = { run: id, tenant, requestId, trace, model, compaction: true as const };
  const report = new RunReport(deps.watchRun, facts, (error) => resources.stop(error));
  const signal = await resources.begin(report, { signal: caller.signal, timeoutMs: deps.runs.timeoutMs });
  const options = { signal, observer: report, budget: deps.budgetOf(tenant) };
  const compaction = await compactHistory(deps.agent, plan.agentRequest, { kept, ...options }).catch(
    (reason: unknown) => {
      throw report.fail(toFailure(reason, signal));
    },
  );
  const { inputTokens, outputTokens } = compaction.usage;
  report.end({ outcome: 'completed', inputTokens, outputTokens });
  const sealed = sealCompaction(deps.sealer, caller.tenant, compaction);
  return {
    compacted: {
      id,
      object: 'response.compaction',
      created_at: Math.floor(Date.now() / 1000),
      output: [
        ...[...plan.origin.history, ...plan.input].filter(isLasting).map(fromStoredItem),
        { type: 'compaction', id: createItemId('cmp'), encrypted_content: sealed, status: 'completed' },
      ],
      usage: toResponseUsage(compaction.usage),
    },
    usageIsEstimate: compaction.usageIsEstimate,
  };
}
