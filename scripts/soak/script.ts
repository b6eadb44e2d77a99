/** The text of one stream: `count` tokens, one every `1000 / rate` milliseconds. The key makes tokens of streams differ. */
export interface StreamScript {
  key: string;
  count: number;
  /** Tokens per second. */
  rate: number;
  /** The first token waits until so many streams with a gate are open. 1: it does not wait. */
  gate: number;
}

/** Returns the prompt that asks the upstream for a stream. */
export const toPrompt = ({ key, count, rate, gate }: StreamScript): string => `soak ${key} ${count} ${rate} ${gate}`;

/** Returns the stream that a prompt asks for. */
export function toScript(prompt: string): StreamScript | undefined {
  const [, key, count, rate, gate] = /^soak (\S+) (\d+) (\d+) (\d+)$/.exec(prompt) ?? [];
  return key === undefined ? undefined : { key, count: Number(count), rate: Number(rate), gate: Number(gate) };
}

/** Returns a token by its number, from 0. */
export const toToken = (key: string, index: number): string => `${key}.${index} `;
