import { isObject } from '../../json/is-object.ts';
import type { AgentLogprob } from '../agent-client.ts';

/** As many as a client may ask for. */
const mostAlternatives = 20;
/** More tokens than a text can have. */
const tokensPerCharacter = 4;
const leastTokens = 16;

/** The log probabilities that an upstream sent with a text. Entries without a token or a finite number are dropped. */
export function fromLogprobs(content: readonly unknown[], text: string): AgentLogprob[] {
  return content.slice(0, text.length * tokensPerCharacter + leastTokens).flatMap((entry) => {
    const chosen = fromLogprob(entry);
    if (!chosen || !isObject(entry)) return [];
    const { top_logprobs: top } = entry;
    const alternatives = Array.isArray(top) ? top.slice(0, mostAlternatives) : [];
    return { ...chosen, topLogprobs: alternatives.flatMap((alternative) => fromLogprob(alternative) ?? []) };
  });
}

function fromLogprob(entry: unknown): Omit<AgentLogprob, 'topLogprobs'> | undefined {
  if (!isObject(entry)) return undefined;
  const { token, logprob, bytes } = entry;
  if (typeof token !== 'string' || typeof logprob !== 'number' || !Number.isFinite(logprob)) return undefined;
  return { token, logprob, bytes: isBytes(bytes) ? bytes : null };
}

const isBytes = (value: unknown): value is number[] =>
  Array.isArray(value) && value.every((byte) => Number.isInteger(byte) && byte >= 0 && byte <= 255);
