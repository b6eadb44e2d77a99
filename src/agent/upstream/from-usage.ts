import { isObject } from '../../json/is-object.ts';
import type { AgentUsage } from '../agent-client.ts';
import { toCount } from './to-count.ts';

type Fields = Record<string, unknown>;

/** Returns token counts under any of the names that upstreams use, `undefined` when they are missing or all zero. */
export function fromUsage(usage: Fields): AgentUsage | undefined {
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
