import type { AgentEvent } from '../agent-client.ts';
import { toCount } from '../upstream/to-count.ts';
import type { ChatUsage } from './chat-chunk.ts';

/** Returns the `usage` event, or `undefined` without valid counts: some upstreams send null, `{}` or -1. */
export function fromChatUsage(usage: ChatUsage | null | undefined): AgentEvent | undefined {
  const inputTokens = toCount(usage?.prompt_tokens);
  const outputTokens = toCount(usage?.completion_tokens);
  if (inputTokens === undefined || outputTokens === undefined) return undefined;
  return {
    type: 'usage',
    usage: {
      inputTokens,
      cachedInputTokens: toCount(usage?.prompt_tokens_details?.cached_tokens) ?? 0,
      outputTokens,
      reasoningTokens: toCount(usage?.completion_tokens_details?.reasoning_tokens) ?? 0,
    },
  };
}
