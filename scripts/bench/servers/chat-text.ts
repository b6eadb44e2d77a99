/**
 * The answers of the bench's upstream, against which replies are checked. The model selects one: `plain` is a short
 * answer, `burst` a long one in a single write, `paced` the same with a write per token.
 */
export const upstreamModels = ['plain', 'burst', 'paced'] as const;
export type UpstreamModel = (typeof upstreamModels)[number];

/** Tokens of a streamed answer. */
export const streamTokens = 200;
const plainTokens = 5;

export function toTokens(model: UpstreamModel): string[] {
  return Array.from({ length: model === 'plain' ? plainTokens : streamTokens }, (_, index) => `token${index + 1} `);
}
