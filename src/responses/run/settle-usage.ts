import type { AgentRequest, AgentUsage } from '../../agent/agent-client.ts';
import { addUsage, noUsage } from '../../agent/usage/add-usage.ts';
import { estimateInputTokens } from '../../agent/usage/estimate-input-tokens.ts';
import { countTokens } from '../../tokens/count-tokens.ts';
import type { ResponseAssembler } from '../events/response-assembler.ts';
import type { OutputItem } from '../responses-deps.ts';
import type { BegunRun } from './begin-run.ts';

/** Returns the agent's own count, or an estimate if it sent none. Includes the cost of a preceding compaction. */
export async function settleUsage(
  assembler: ResponseAssembler,
  request: AgentRequest,
  { compaction, batches }: BegunRun,
): Promise<{ usage: AgentUsage; isEstimate: boolean }> {
  const answer = batches ? (assembler.usage ?? (await estimateUsage(assembler, request))) : noUsage;
  return {
    usage: compaction ? addUsage(answer, compaction.usage) : answer,
    isEstimate: (batches !== undefined && !assembler.usage) || (compaction?.usageIsEstimate ?? false),
  };
}

async function estimateUsage(assembler: ResponseAssembler, request: AgentRequest): Promise<AgentUsage> {
  const counts = await Promise.all(assembler.output.map(countItem));
  const reasoning = assembler.output.map((item, i) => (item.type === 'reasoning' ? (counts[i] ?? 0) : 0));
  return {
    inputTokens: await estimateInputTokens(request),
    cachedInputTokens: 0,
    outputTokens: sum(counts),
    reasoningTokens: sum(reasoning),
  };
}

function countItem(item: OutputItem): Promise<number> {
  switch (item.type) {
    case 'message':
      return countTokens(item.content.map((part) => ('text' in part ? part.text : part.refusal)).join(''));
    case 'reasoning':
      return countTokens([...(item.content ?? []), ...item.summary].map((part) => part.text).join(''));
    case 'function_call':
      return countTokens(`${item.name}${item.arguments}`);
    case 'custom_tool_call':
      return countTokens(`${item.name}${item.input}`);
    default:
      return Promise.resolve(0);
  }
}

const sum = (counts: number[]): number => counts.reduce((total, count) => total + count, 0);
