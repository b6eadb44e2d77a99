import type { AgentRequest, AgentUsage } from '../../agent/agent-client.ts';
import { addUsage, noUsage } from '../../agent/usage/add-usage.ts';
import { estimateUsage } from '../../agent/usage/estimate-usage.ts';
import { toFunctionCall } from '../../tools/client-run/client-run-kinds.ts';
import type { ResponseAssembler } from '../events/response-assembler.ts';
import type { OutputItem } from '../responses-deps.ts';
import type { BegunRun } from './begin-run.ts';

/** Returns the agent's own counts, or an estimate where it reported none. A compaction that came first is included. */
export async function settleUsage(
  assembler: ResponseAssembler,
  request: AgentRequest,
  { compaction, batches }: BegunRun,
): Promise<{ usage: AgentUsage; isEstimate: boolean }> {
  const answer = batches
    ? (assembler.outcome.usage ?? (await estimateUsage(request, toTexts(assembler.output))))
    : noUsage;
  return {
    usage: compaction ? addUsage(answer, compaction.usage) : answer,
    isEstimate: (batches !== undefined && !assembler.outcome.usage) || (compaction?.usageIsEstimate ?? false),
  };
}

function toTexts(output: readonly OutputItem[]) {
  const isReasoning = (item: OutputItem) => item.type === 'reasoning';
  return {
    answer: output.filter((item) => !isReasoning(item)).map(toText),
    reasoning: output.filter(isReasoning).map(toText),
  };
}

function toText(item: OutputItem): string {
  switch (item.type) {
    case 'message':
      return item.content.map((part) => ('text' in part ? part.text : part.refusal)).join('');
    case 'reasoning':
      return [...(item.content ?? []), ...item.summary].map((part) => part.text).join('');
    case 'function_call':
      return `${item.name}${item.arguments}`;
    case 'custom_tool_call':
      return `${item.name}${item.input}`;
    default: {
      const call = toFunctionCall(item);
      return call ? `${call.name}${call.arguments}` : '';
    }
  }
}
