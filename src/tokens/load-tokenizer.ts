/** A tokenizer with one vocabulary. Both functions are synchronous, for short texts. */
export interface Tokenizer {
  count(text: string): number;
  /** Returns the bytes of each token, in order. Joined, they are `text` in UTF-8. */
  encode(text: string): Uint8Array[];
}

let loading: Promise<Tokenizer> | undefined;

/**
 * Returns the o200k_base tokenizer. Its vocabulary takes 100 ms and 65 MB to load, so it is loaded at the first call.
 */
export function loadTokenizer(): Promise<Tokenizer> {
  loading ??= importTokenizer();
  return loading;
}

async function importTokenizer(): Promise<Tokenizer> {
  const [encoding, { default: vocabulary }] = await Promise.all([
    import('gpt-tokenizer/encoding/o200k_base'),
    import('gpt-tokenizer/bpeRanks/o200k_base'),
  ]);
  // Text of a client may contain special tokens such as <|endoftext|>. With none disallowed they are plain text.
  const plain = { disallowedSpecial: new Set<string>() };
  const utf8 = new TextEncoder();
  const toBytes = (token: number): Uint8Array => {
    const bytes = vocabulary[token] ?? [];
    return typeof bytes === 'string' ? utf8.encode(bytes) : Uint8Array.from(bytes);
  };
  // The library caches merged words. The keys are slices, which keep the whole text in memory.
  const clearCache = (): void => encoding.clearMergeCache();
  return {
    count: (text) => {
      const count = encoding.countTokens(text, plain);
      clearCache();
      return count;
    },
    encode: (text) => {
      const bytes = encoding.encode(text, plain).map(toBytes);
      clearCache();
      return bytes;
    },
  };
}
