import { limits } from '../../config/limits.ts';
import { countTokens } from '../../tokens/count-tokens.ts';

/** Counting begins beyond this many characters for each allowed token. Ordinary text has four. */
const charactersPerToken = 8;
/** Minimum number of characters between two counts. Prevents a count for each delta near the bound. */
const countIntervalCharacters = 1024;

/**
 * Detects an answer that exceeds the token limit of its request. Tokens are counted only when the text is unusually
 * long for the limit. The bound is `limits.answerTokensFactor` times the limit, so that an agent which obeys the limit
 * with its own tokenizer is never cut.
 */
export class OutputTokens {
  readonly #bound: number;
  #characters = 0;
  #tokens = 0;
  /** Text that has not been counted yet. */
  #text = '';
  #nextCount: number;

  constructor(maxTokens: number) {
    this.#bound = maxTokens * limits.answerTokensFactor + limits.answerTokensMargin;
    this.#nextCount = Math.max(maxTokens * charactersPerToken, countIntervalCharacters);
  }

  /** Adds a text. Returns whether `excess` must be called. */
  add(text: string): boolean {
    this.#characters += text.length;
    this.#text += text;
    return this.#characters >= this.#nextCount;
  }

  /** Counts the added text. Returns how many of its last characters are beyond the bound, 0 if none. */
  async excess(): Promise<number> {
    const { length } = this.#text;
    const added = await countTokens(this.#text);
    this.#text = '';
    this.#tokens += added;
    const excess = this.#tokens - this.#bound;
    if (excess > 0) return Math.ceil((length * Math.min(excess, added)) / added);
    // Estimates where the text reaches the bound at its current number of tokens per character.
    const reached = (this.#characters * this.#bound) / this.#tokens;
    this.#nextCount = Math.max(this.#characters + countIntervalCharacters, Math.min(reached, this.#characters * 2));
    return 0;
  }
}
