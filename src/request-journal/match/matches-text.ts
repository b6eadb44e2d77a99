/** Whether a text matches a pattern, in which `*` stands for any text and `?` for one character. */
export function matchesText(text: string, pattern: string): boolean {
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
    } else if (wanted !== undefined && (wanted === '?' || wanted === text[at])) {
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
