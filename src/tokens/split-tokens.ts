import { cutText } from './cut-text.ts';
import { loadTokenizer } from './load-tokenizer.ts';

/** The smallest part of a text that can be sent alone. Mostly one token; a rare character takes several. */
export interface TokenPiece {
  text: string;
  tokens: number;
}

/** Cuts a text at its o200k_base tokens, never inside a character. Joined, the pieces are the text. */
export async function splitTokens(text: string): Promise<TokenPiece[]> {
  if (text === '') return [];
  const { encode } = await loadTokenizer();
  const pieces: TokenPiece[] = [];
  const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });
  let tokens = 0;
  for (const part of cutText(text)) {
    for (const bytes of encode(part)) {
      tokens += 1;
      const decoded = utf8.decode(bytes, { stream: true });
      if (decoded === '') continue;
      pieces.push({ text: decoded, tokens });
      tokens = 0;
    }
  }
  return pieces;
}
