import type { AgentRequest, AgentUsage } from '../agent/agent-client.ts';
import { estimateInputTokens } from '../agent/usage/estimate-input-tokens.ts';
import { countTokens } from '../tokens/count-tokens.ts';
import type { ChunkAssembler } from './chunk-assembler.ts';

/** One choice, as far as its tokens go. */
interface CountedChoice {
  request: AgentRequest;
  assembler: Pick<ChunkAssembler, 'usage' | 'produced'>;
}

/**
 * The agent's own counts, or an estimate where it gave none. All choices answer one prompt: what they produced is added
 * up, the prompt counts once.
 */
export async function settleUsage(choices: readonly CountedChoice[]): Promise<AgentUsage> {
  const usages = await Promise.all(choices.map(countChoice));
  const prompt = usages.reduce((one, other) => (other.inputTokens > one.inputTokens ? other : one));
  return {
    ...prompt,
    outputTokens: sum(usages.map((usage) => usage.outputTokens)),
    reasoningTokens: sum(usages.map((usage) => usage.reasoningTokens)),
  };
}

async function countChoice({ request, assembler }: CountedChoice): Promise<AgentUsage> {
  if (assembler.usage) return assembler.usage;
  const { answer, reasoning } = assembler.produced;
  const [inputTokens, answerTokens, reasoningTokens] = await Promise.all([
    estimateInputTokens(request),
    countTokens(answer),
    countTokens(reasoning),
  ]);
  return { inputTokens, cachedInputTokens: 0, outputTokens: answerTokens + reasoningTokens, reasoningTokens };
}

const sum = (counts: number[]): number => counts.reduce((total, count) => total + count, 0);
