import { isObject } from '../../json/is-object.ts';
import type { AgentLogprob } from '../agent-client.ts';

/** The most that a client may request. */
const maxAlternatives = 20;
/** Bounds the tokens read for a text, above the number that any tokenizer makes of it. */
const tokensPerCharacter = 4;
const minTokens = 16;

/** Returns the log probabilities sent with a text. Entries without a token or a finite number are dropped. */
export function fromLogprobs(content: readonly unknown[], text: string): AgentLogprob[] {
  return content.slice(0, text.length * tokensPerCharacter + minTokens).flatMap((entry) => {
    const chosen = fromLogprob(entry);
    if (!chosen || !isObject(entry)) return [];
    const { top_logprobs: top } = entry;
    const alternatives = Array.isArray(top) ? top.slice(0, maxAlternatives) : [];
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
