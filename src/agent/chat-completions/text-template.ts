/** Matches a quotation mark, a backslash or a control character: JSON escapes them. */
const notVerbatim = /["\\\p{Cc}]/u;

/**
 * The form of the chunks that add text. It is learned from a chunk that was parsed: the next one often has the same
 * JSON before and after its text, and then needs no parser. A chunk in another form is parsed.
 */
export class TextTemplate {
  #head: string | undefined;
  #tail = '';

  /** Learns from a chunk that only added this text. Learns nothing if the location of the text is uncertain. */
  learn(chunk: string, text: string): void {
    this.forget();
    const quoted = `"${text}"`;
    const position = chunk.indexOf(quoted);
    // An escape could write the text in another form elsewhere.
    if (position < 0 || chunk.includes('\\') || chunk.indexOf(quoted, position + 1) >= 0) return;
    this.#head = chunk.slice(0, position + 1);
    this.#tail = chunk.slice(position + 1 + text.length);
  }

  forget(): void {
    this.#head = undefined;
  }

  /** Returns the text that a chunk adds; `undefined` for a chunk in another form. */
  read(chunk: string): string | undefined {
    const head = this.#head;
    if (head === undefined) return undefined;
    const end = chunk.length - this.#tail.length;
    // Cheaper than `startsWith` and `endsWith`.
    if (end <= head.length || chunk.slice(0, head.length) !== head || chunk.slice(end) !== this.#tail) return undefined;
    const text = chunk.slice(head.length, end);
    return notVerbatim.test(text) ? undefined : text;
  }
}
