import { limits } from '../config/limits.ts';
import { countTokens } from '../tokens/count-tokens.ts';

/** Counting begins beyond these characters for each token asked for: ordinary text has four. */
const charactersPerToken = 8;
/** Characters between two counts, at least. Prevents a count for each delta near the bound. */
const countedAtOnce = 1024;

/**
 * Watches whether an answer exceeds the token limit of its request. An agent that obeys the limit by its own tokenizer is
 * never cut: its tokens are counted only when the text is longer than the limit's tokens usually are, and then it may have
 * `limits.answerTokensFactor` times as many of ours, so that another tokenizer or the frame around an answer make no difference.
 */
export class OutputTokens {
  readonly #bound: number;
  #characters = 0;
  #tokens = 0;
  /** Not counted yet. */
  #text = '';
  #nextCount: number;

  constructor(maxTokens: number) {
    this.#bound = maxTokens * limits.answerTokensFactor + limits.answerTokensMargin;
    this.#nextCount = Math.max(maxTokens * charactersPerToken, countedAtOnce);
  }

  /** Adds a text. Returns whether `excess` must be asked. */
  add(text: string): boolean {
    this.#characters += text.length;
    this.#text += text;
    return this.#characters >= this.#nextCount;
  }

  /** Counts what was added. Returns how many of the last characters are beyond the bound; 0: none is. */
  async excess(): Promise<number> {
    const { length } = this.#text;
    const added = await countTokens(this.#text);
    this.#text = '';
    this.#tokens += added;
    const excess = this.#tokens - this.#bound;
    if (excess > 0) return Math.ceil((length * Math.min(excess, added)) / added);
    // As dense as before, the text reaches the bound here.
    const reached = (this.#characters * this.#bound) / this.#tokens;
    this.#nextCount = Math.max(this.#characters + countedAtOnce, Math.min(reached, this.#characters * 2));
    return 0;
  }
}
