import type { AgentLogprob } from '../agent-client.ts';

/** The most alternatives that a client may request. */
const alternatives = ' the, a, of, to, and, in, is, it, you, that, for, on, with, as, are, this, be, or, at, by'.split(
  ',',
);

/**
 * Returns a synthetic log probability of a token: there is no model. The token has probability ½, and each alternative
 * half that of the previous one. `count` is the number of most likely tokens to list.
 */
export function makeLogprob(token: string, count: number): AgentLogprob {
  const others = alternatives.filter((alternative) => alternative !== token);
  const ranked = [token, ...others].slice(0, count);
  return { ...describe(token, 0), topLogprobs: ranked.map(describe) };
}

function describe(token: string, rank: number): Omit<AgentLogprob, 'topLogprobs'> {
  return { token, logprob: Math.log(0.5) * (rank + 1), bytes: [...Buffer.from(token)] };
}
