import type { AgentEvent } from '../agent-client.ts';
import type { ChatUsage } from './chat-chunk.ts';

/** `undefined` when there is no usage to speak of: an upstream that counts nothing sends null, `{}` or nothing. */
export function fromChatUsage(usage: ChatUsage | null | undefined): AgentEvent | undefined {
  if (typeof usage?.prompt_tokens !== 'number' || typeof usage.completion_tokens !== 'number') return undefined;
  return {
    type: 'usage',
    usage: {
      inputTokens: usage.prompt_tokens,
      cachedInputTokens: toCount(usage.prompt_tokens_details?.cached_tokens),
      outputTokens: usage.completion_tokens,
      reasoningTokens: toCount(usage.completion_tokens_details?.reasoning_tokens),
    },
  };
}

function toCount(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}
