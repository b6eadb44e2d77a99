/** The tokenizer, bound to one vocabulary. Both functions are synchronous and meant for short pieces of text. */
export interface Tokenizer {
  count(text: string): number;
  /** The bytes of each token, in order: together the UTF-8 form of `text`. */
  encode(text: string): Uint8Array[];
}

let loading: Promise<Tokenizer> | undefined;

/**
 * The o200k_base tokenizer. Its vocabulary costs about 100 ms and 65 MB, so it is loaded by the first caller that
 * needs it and shared by all later ones.
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
  // Text from a client may spell out special tokens such as <|endoftext|>; with none disallowed they are plain text.
  const plain = { disallowedSpecial: new Set<string>() };
  const utf8 = new TextEncoder();
  const toBytes = (token: number): Uint8Array => {
    const bytes = vocabulary[token] ?? [];
    return typeof bytes === 'string' ? utf8.encode(bytes) : Uint8Array.from(bytes);
  };
  // The library remembers merged words in a cache whose keys are slices that keep the whole text alive.
  const forget = (): void => encoding.clearMergeCache();
  return {
    count: (text) => {
      const count = encoding.countTokens(text, plain);
      forget();
      return count;
    },
    encode: (text) => {
      const bytes = encoding.encode(text, plain).map(toBytes);
      forget();
      return bytes;
    },
  };
}
