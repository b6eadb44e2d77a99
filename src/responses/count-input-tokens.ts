import { estimateInputTokens } from '../agent/usage/estimate-input-tokens.ts';
import type { Caller } from '../contract/operations.ts';
import type { Schemas } from '../contract/types.ts';
import { createResponseId } from '../ids.ts';
import { pickEffective } from './plan/pick-effective.ts';
import { planResponse } from './plan/plan-response.ts';
import { countingFields } from './plan/request-fields.ts';
import type { ResponsesDeps } from './responses-deps.ts';

/** Estimates the input tokens of a turn, including its history. The agent is not called. */
export async function countInputTokens(
  request: Schemas['CountInputTokensRequest'],
  deps: ResponsesDeps,
  caller: Caller,
): Promise<Schemas['InputTokenCount']> {
  const input = request.input ?? [];
  const planned = { ...caller, id: createResponseId(), allowsEmpty: true };
  const plan = await planResponse({ ...pickEffective(request, countingFields), input }, deps, planned);
  return { object: 'response.input_tokens', input_tokens: await estimateInputTokens(plan.agentRequest) };
}
