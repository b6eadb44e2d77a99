import { isObject } from '../../json/is-object.ts';
import type { AgentUsage } from '../agent-client.ts';
import { toCount } from '../upstream/to-count.ts';
import type { ChatChunk, ChatChunkChoice } from './chat-chunk.ts';

type Fields = Record<string, unknown>;

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

function fromUsage(usage: Fields): AgentUsage | undefined {
  const input = firstCount(usage, ['prompt_tokens', 'input_tokens', 'prompt_eval_count']);
  const total = toCount(usage['total_tokens']);
  const output = firstCount(usage, ['completion_tokens', 'output_tokens', 'eval_count']) ?? difference(total, input);
  if (input === undefined || output === undefined || input + output === 0) return undefined;
  const reasoning =
    detail(usage, ['completion_tokens_details', 'output_tokens_details'], 'reasoning_tokens') ??
    firstCount(usage, ['reasoning_tokens']) ??
    0;
  const cached =
    detail(usage, ['prompt_tokens_details', 'input_tokens_details'], 'cached_tokens') ??
    firstCount(usage, ['cached_tokens', 'prompt_cache_hit_tokens']) ??
    0;
  // xAI counts reasoning beside the output.
  const isBeside = reasoning > 0 && total === input + output + reasoning;
  const outputTokens = isBeside ? output + reasoning : output;
  return {
    inputTokens: input,
    cachedInputTokens: Math.min(cached, input),
    outputTokens,
    reasoningTokens: Math.min(reasoning, outputTokens),
  };
}

function firstCount(fields: Fields, names: readonly string[]): number | undefined {
  for (const name of names) {
    const count = toCount(fields[name]);
    if (count !== undefined) return count;
  }
  return undefined;
}

function detail(usage: Fields, places: readonly string[], name: string): number | undefined {
  for (const place of places) {
    const details = usage[place];
    const count = isObject(details) ? toCount(details[name]) : undefined;
    if (count !== undefined) return count;
  }
  return undefined;
}

const difference = (total: number | undefined, part: number | undefined): number | undefined =>
  total === undefined || part === undefined || total < part ? undefined : total - part;
