import type { AgentLogprob } from '../agent-client.ts';

/** As many as a client may ask for. */
const alternatives = ' the, a, of, to, and, in, is, it, you, that, for, on, with, as, are, this, be, or, at, by'.split(
  ',',
);

/**
 * The log probability of a token, made up as there is no model: the chosen token has one half, and each alternative
 * half of the one before. `count` is how many of the most likely tokens to list.
 */
export function makeLogprobs(token: string, count: number): AgentLogprob[] {
  const others = alternatives.filter((alternative) => alternative !== token);
  const ranked = [token, ...others].map((text, rank) => ({
    token: text,
    logprob: toLogprob(rank),
    bytes: toBytes(text),
  }));
  return [{ token, logprob: toLogprob(0), bytes: toBytes(token), topLogprobs: ranked.slice(0, count) }];
}

const toLogprob = (rank: number): number => Math.log(0.5) * (rank + 1);
const toBytes = (text: string): number[] => [...Buffer.from(text)];
