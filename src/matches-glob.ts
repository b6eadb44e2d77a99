/** Whether a whole text matches a pattern: `*` stands for any text, `?` for one character. */
export function matchesGlob(text: string, pattern: string): boolean {
  let at = 0;
  let expected = 0;
  /** Where to continue if the text after the latest `*` differs. */
  let star = -1;
  let resume = 0;
  while (at < text.length) {
    const wanted = pattern[expected];
    if (wanted === '*') {
      star = expected++;
      resume = at;
    } else if (wanted === '?') {
      // A character beyond U+FFFF has two code units.
      at += String.fromCodePoint(text.codePointAt(at) ?? 0).length;
      expected++;
    } else if (wanted !== undefined && wanted === text[at]) {
      at++;
      expected++;
    } else if (star >= 0) {
      expected = star + 1;
      at = ++resume;
    } else {
      return false;
    }
  }
  return /^\**$/.test(pattern.slice(expected));
}
