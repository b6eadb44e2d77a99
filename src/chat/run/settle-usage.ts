import type { AgentRequest, AgentUsage } from '../../agent/agent-client.ts';
import { estimateUsage } from '../../agent/usage/estimate-usage.ts';
import type { ChunkAssembler } from '../events/chunk-assembler.ts';

/** The request and output of one choice, for token counting. */
interface CountedChoice {
  request: AgentRequest;
  assembler: Pick<ChunkAssembler, 'usage' | 'produced'>;
}

/**
 * Returns the agent's own counts, or an estimate where it reported none. All choices answer one prompt: the prompt counts
 * once, the outputs add up.
 */
export async function settleUsage(choices: readonly CountedChoice[]): Promise<AgentUsage> {
  const [only] = choices;
  if (choices.length === 1 && only?.assembler.usage) return only.assembler.usage;
  const usages = await Promise.all(
    choices.map(({ request, assembler }) => assembler.usage ?? estimateUsage(request, assembler.produced)),
  );
  const prompt = usages.reduce((one, other) => (other.inputTokens > one.inputTokens ? other : one));
  return {
    ...prompt,
    outputTokens: sum(usages.map((usage) => usage.outputTokens)),
    reasoningTokens: sum(usages.map((usage) => usage.reasoningTokens)),
  };
}

const sum = (counts: number[]): number => counts.reduce((total, count) => total + count, 0);
