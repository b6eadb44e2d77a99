import { cutText } from './cut-text.ts';
import { loadTokenizer, type Tokenizer } from './load-tokenizer.ts';

/** The smallest part of a text that can be sent separately: mostly one token, several for a rare character. */
export interface TokenPiece {
  text: string;
  tokens: number;
}

/** Splits a text at its o200k_base tokens, never inside a character. Lazy. Joined, the pieces are the text. */
export async function splitTokens(text: string): Promise<Iterable<TokenPiece>> {
  return text === '' ? [] : split(text, await loadTokenizer());
}

function* split(text: string, { encode }: Tokenizer): Generator<TokenPiece> {
  const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });
  let tokens = 0;
  for (const part of cutText(text)) {
    for (const bytes of encode(part)) {
      tokens += 1;
      const decoded = utf8.decode(bytes, { stream: true });
      if (decoded === '') continue;
      yield { text: decoded, tokens };
      tokens = 0;
    }
  }
}
