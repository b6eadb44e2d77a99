/**
 * The answers of the bench's upstream, against which replies are checked. The model selects one: `plain` is a short
 * answer with a write per token, `chain` the same with the number of messages in the request as its first token,
 * `burst` a long answer in a single write, `paced` the same with a write per token, and `slow` one at reading speed.
 */
export const upstreamModels = ['plain', 'chain', 'burst', 'paced', 'slow'] as const;
export type UpstreamModel = (typeof upstreamModels)[number];

/** Tokens of an answer. */
export const tokenCounts = { plain: 16, chain: 16, burst: 200, paced: 200, slow: 120 } as const satisfies Record<
  UpstreamModel,
  number
>;

export function toTokens(model: UpstreamModel, first = 'token1 '): string[] {
  return Array.from({ length: tokenCounts[model] }, (_, index) => (index === 0 ? first : `token${index + 1} `));
}

/** Returns the first token of a `chain` answer. */
export const toChainToken = (messages: number): string => `after${messages} `;
