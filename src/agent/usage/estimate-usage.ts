import { countTokens } from '../../tokens/count-tokens.ts';
import type { AgentRequest, AgentUsage } from '../agent-client.ts';
import { estimateInputTokens } from './estimate-input-tokens.ts';

/** The texts of an answer; each is counted separately. */
export interface ProducedTexts {
  answer: string | readonly string[];
  reasoning: string | readonly string[];
}

/** Estimates the usage of a run whose agent reported none. */
export async function estimateUsage(request: AgentRequest, { answer, reasoning }: ProducedTexts): Promise<AgentUsage> {
  const [inputTokens, answerTokens, reasoningTokens] = await Promise.all([
    estimateInputTokens(request),
    countTokens(answer),
    countTokens(reasoning),
  ]);
  return { inputTokens, cachedInputTokens: 0, outputTokens: answerTokens + reasoningTokens, reasoningTokens };
}
