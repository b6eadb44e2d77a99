import { isObject } from '../../json/is-object.ts';
import type { AgentUsage } from '../agent-client.ts';
import { fromUsage } from '../upstream/from-usage.ts';
import { toCount } from '../upstream/to-count.ts';
import type { ChatChunk, ChatChunkChoice } from './chat-chunk.ts';

/**
 * Returns the token counts in a chunk, `undefined` when it has none: some upstreams send null, `{}`, -1 or zeros until
 * the answer ends. They are in `usage` of the chunk, of its choice (Kimi) or of `x_groq`.
 */
export function fromChatUsage(chunk: ChatChunk, choice: ChatChunkChoice | undefined): AgentUsage | undefined {
  if (isObject(chunk.usage)) return fromUsage(chunk.usage);
  if (isObject(choice?.usage)) return fromUsage(choice.usage);
  if (isObject(chunk.x_groq) && isObject(chunk.x_groq['usage'])) return fromUsage(chunk.x_groq['usage']);
  return undefined;
}

/**
 * Returns the counts that a server puts beside the answer: Ollama's own, or llama.cpp's `timings`. Those count as the
 * prompt only what was not cached, so that an older server, which does not report the rest, gives no usage.
 */
export function fromOwnCounts(chunk: ChatChunk): AgentUsage | undefined {
  if (chunk.eval_count !== undefined) return fromUsage({ ...chunk });
  if (!isObject(chunk.timings)) return undefined;
  const { prompt_n: prompt, cache_n: cache, predicted_n: predicted } = chunk.timings;
  const [added, cached, outputTokens] = [toCount(prompt), toCount(cache), toCount(predicted)];
  if (added === undefined || cached === undefined || outputTokens === undefined) return undefined;
  return { inputTokens: added + cached, cachedInputTokens: cached, outputTokens, reasoningTokens: 0 };
}
