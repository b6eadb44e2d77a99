import type { AgentUsage } from '../../agent/agent-client.ts';
import type { Schemas } from '../../contract/types.ts';

export function toResponseUsage(usage: AgentUsage): Schemas['ResponseUsage'] {
  return {
    input_tokens: usage.inputTokens,
    input_tokens_details: { cached_tokens: usage.cachedInputTokens, cache_write_tokens: 0 },
    output_tokens: usage.outputTokens,
    output_tokens_details: { reasoning_tokens: usage.reasoningTokens },
    total_tokens: usage.inputTokens + usage.outputTokens,
  };
}
