/** The text of one stream: `count` tokens, one every `1000 / rate` milliseconds. The key makes tokens of streams differ. */
export interface StreamScript {
  key: string;
  count: number;
  /** Tokens per second. */
  rate: number;
}

/** Returns the prompt that asks the upstream for a stream. */
export const toPrompt = ({ key, count, rate }: StreamScript): string => `soak ${key} ${count} ${rate}`;

/** Returns the stream that a prompt asks for. */
export function toScript(prompt: string): StreamScript | undefined {
  const [, key, count, rate] = /^soak (\S+) (\d+) (\d+)$/.exec(prompt) ?? [];
  return key === undefined ? undefined : { key, count: Number(count), rate: Number(rate) };
}

/** Returns a token by its number, from 0. */
export const toToken = (key: string, index: number): string => `${key}.${index} `;
