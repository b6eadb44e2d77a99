/**
 * What the bench's upstream says, so that every server's reply can be checked. The model's name asks for it: `plain` is
 * a short answer, `burst` a long one in a single write, `paced` the same with each token in a write of its own.
 */
export const upstreamModels = ['plain', 'burst', 'paced'] as const;
export type UpstreamModel = (typeof upstreamModels)[number];

/** Tokens of a streamed answer. */
export const streamTokens = 200;
const plainTokens = 5;

export function toTokens(model: UpstreamModel): string[] {
  return Array.from({ length: model === 'plain' ? plainTokens : streamTokens }, (_, index) => `token${index + 1} `);
}
