import { setImmediate } from 'node:timers/promises';
import { limits } from '../config/limits.ts';
import { cutText } from './cut-text.ts';
import { loadTokenizer } from './load-tokenizer.ts';

/** Characters counted before yielding to the event loop: about 10 ms of the slowest text. */
const turnCharacters = 16_384;

/**
 * Returns the number of o200k_base tokens in the texts, each counted separately. Special tokens count as plain text.
 * The count is exact for ordinary text up to `limits.tokenizerCharacters` characters in total; the rest is
 * extrapolated.
 */
export async function countTokens(texts: string | readonly string[]): Promise<number> {
  const list = typeof texts === 'string' ? [texts] : texts;
  const total = list.reduce((sum, text) => sum + text.length, 0);
  if (total === 0) return 0;
  const { count } = await loadTokenizer();
  let counted = 0;
  let tokens = 0;
  let turnEnd = turnCharacters;
  for (const text of list) {
    for (const part of cutText(text.slice(0, limits.tokenizerCharacters - counted))) {
      tokens += count(part);
      counted += part.length;
      if (counted < turnEnd) continue;
      await setImmediate();
      turnEnd = counted + turnCharacters;
    }
  }
  return Math.ceil((tokens * total) / counted);
}
