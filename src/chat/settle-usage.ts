import type { AgentRequest, AgentUsage } from '../agent/agent-client.ts';
import { countTokens } from '../tokens/count-tokens.ts';
import { estimateInputTokens } from '../tokens/estimate-usage.ts';
import type { ChunkAssembler } from './chunk-assembler.ts';

/** The agent's own count, or an estimate where it gave none. */
export async function settleUsage(assembler: ChunkAssembler, request: AgentRequest): Promise<AgentUsage> {
  if (assembler.usage) return assembler.usage;
  const { answer, reasoning } = assembler.produced;
  const [inputTokens, answerTokens, reasoningTokens] = await Promise.all([
    estimateInputTokens(request),
    countTokens(answer),
    countTokens(reasoning),
  ]);
  return { inputTokens, cachedInputTokens: 0, outputTokens: answerTokens + reasoningTokens, reasoningTokens };
}
