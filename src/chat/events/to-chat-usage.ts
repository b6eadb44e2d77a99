import type { AgentUsage } from '../../agent/agent-client.ts';
import type { Schemas } from '../../contract/types.ts';

export function toChatUsage(usage: AgentUsage): Schemas['ChatUsage'] {
  return {
    prompt_tokens: usage.inputTokens,
    completion_tokens: usage.outputTokens,
    total_tokens: usage.inputTokens + usage.outputTokens,
    prompt_tokens_details: { cached_tokens: usage.cachedInputTokens },
    completion_tokens_details: { reasoning_tokens: usage.reasoningTokens },
  };
}
