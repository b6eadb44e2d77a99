import type { AgentLogprob } from '../agent-client.ts';

/** As many as a client may ask for. */
const alternatives = ' the, a, of, to, and, in, is, it, you, that, for, on, with, as, are, this, be, or, at, by'.split(
  ',',
);

/**
 * The log probability of a token, made up as there is no model: the token has one half, and each alternative half of the
 * one before. `count` is how many of the most likely tokens to list.
 */
export function makeLogprob(token: string, count: number): AgentLogprob {
  const others = alternatives.filter((alternative) => alternative !== token);
  const ranked = [token, ...others].slice(0, count);
  return { ...describe(token, 0), topLogprobs: ranked.map(describe) };
}

function describe(token: string, rank: number): Omit<AgentLogprob, 'topLogprobs'> {
  return { token, logprob: Math.log(0.5) * (rank + 1), bytes: [...Buffer.from(token)] };
}
