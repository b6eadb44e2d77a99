/** A piece of an answer's text. */
export interface TextPiece {
  block: 'text' | 'reasoning';
  text: string;
}

/** Of DeepSeek, Qwen and most others; `thinking` of some fine-tunes, `thought` of Gemini's compatible API. */
const tags = ['think', 'thinking', 'thought'] as const;
const openTags = tags.map((tag) => `<${tag}>`);

/** White space kept until it is known whether a tag follows. Prevents a flood of it from being scanned again and again. */
const heldCharacters = 64;

/**
 * Separates the thoughts that a model without a reasoning parser writes between tags. Only a tag at the very start of the
 * answer counts: text may be about tags. A tag may be split between pieces.
 */
export class ThinkTagReader {
  #state: 'start' | 'thinking' | 'after' | 'text' = 'start';
  /** What may be the beginning of a tag. */
  #held = '';
  #openTag = '';
  #closeTag = '';
  #thoughts = '';

  /** Whether all further text is plain text. */
  get isDecided(): boolean {
    return this.#state === 'text';
  }

  /** Whether it is still open if the answer begins with a tag. */
  get isAtStart(): boolean {
    return this.#state === 'start';
  }

  read(text: string): TextPiece[] {
    switch (this.#state) {
      case 'start':
        return this.#readStart(text);
      case 'thinking':
        return this.#readThoughts(text);
      case 'after':
        return this.#readAfter(text);
      case 'text':
        return [{ block: 'text', text }];
    }
  }

  /**
   * Returns what is left at the end. Thoughts that never end in an otherwise whole answer are its text too: without a
   * closing tag, nothing says where an answer begins.
   */
  end(isWhole: boolean): TextPiece[] {
    const held = this.#held;
    this.#held = '';
    if (this.#state !== 'thinking') return held === '' ? [] : [{ block: 'text', text: held }];
    this.#state = 'text';
    const pieces = this.#toThoughts(held);
    return isWhole ? [...pieces, { block: 'text', text: `${this.#openTag}${this.#thoughts}` }] : pieces;
  }

  #readStart(text: string): TextPiece[] {
    this.#held += text;
    const start = this.#held.trimStart();
    const lower = start.slice(0, heldCharacters).toLowerCase();
    const openTag = openTags.find((tag) => lower.startsWith(tag));
    if (openTag !== undefined) {
      this.#state = 'thinking';
      this.#openTag = openTag;
      this.#closeTag = `</${openTag.slice(1)}`;
      this.#held = '';
      return this.#readThoughts(start.slice(openTag.length));
    }
    if (this.#held.length < heldCharacters && openTags.some((tag) => tag.startsWith(lower))) return [];
    const held = this.#held;
    this.#held = '';
    this.#state = 'text';
    return [{ block: 'text', text: held }];
  }

  #readThoughts(text: string): TextPiece[] {
    const thoughts = this.#held + text;
    const end = thoughts.indexOf(this.#closeTag);
    if (end >= 0) {
      this.#held = '';
      this.#state = 'after';
      return [
        ...this.#toThoughts(thoughts.slice(0, end)),
        ...this.#readAfter(thoughts.slice(end + this.#closeTag.length)),
      ];
    }
    const kept = endingPrefix(thoughts, this.#closeTag);
    this.#held = thoughts.slice(thoughts.length - kept);
    return this.#toThoughts(thoughts.slice(0, thoughts.length - kept));
  }

  #readAfter(text: string): TextPiece[] {
    const answer = text.trimStart();
    if (answer === '') return [];
    this.#state = 'text';
    return [{ block: 'text', text: answer }];
  }

  /** Models that are told not to think write an empty pair of tags, which is no reasoning. */
  #toThoughts(text: string): TextPiece[] {
    const thoughts = this.#thoughts === '' ? text.trimStart() : text;
    if (thoughts === '') return [];
    this.#thoughts += thoughts;
    return [{ block: 'reasoning', text: thoughts }];
  }
}

/** Returns the length of the longest end of `text` that a tag may begin with. */
function endingPrefix(text: string, tag: string): number {
  for (let length = Math.min(tag.length - 1, text.length); length > 0; length--) {
    if (tag.startsWith(text.slice(text.length - length))) return length;
  }
  return 0;
}
