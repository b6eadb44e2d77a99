/**
 * The tokenizer's cost grows with the square of a run without a break, so such runs are cut: at most one token too many
 * for each cut, where an uncut megabyte of one letter takes minutes.
 */
const runCharacters = 256;
const longRun = new RegExp(`\\S{${runCharacters}}|\\s{${runCharacters}}`);
/** How much is tokenized in one go. Keeps the regular expressions of the tokenizer off texts of many megabytes. */
const windowCharacters = 16_384;

/** Cuts a text into parts that are each cheap to tokenize. Joined they are the text. */
export function* cutText(text: string): Generator<string> {
  for (const window of cutEvery(windowCharacters, text)) {
    if (longRun.test(window)) yield* cutEvery(runCharacters, window);
    else yield window;
  }
}

function* cutEvery(size: number, text: string): Generator<string> {
  let start = 0;
  while (text.length - start > size) {
    const end = findCut(text, start, start + size);
    yield text.slice(start, end);
    start = end;
  }
  if (start < text.length) yield text.slice(start);
}

/** Before a space where there is one, since words are tokenized with the space before them; never inside a character. */
function findCut(text: string, start: number, end: number): number {
  const space = text.lastIndexOf(' ', end);
  if (space > start) return space;
  return isLowSurrogate(text.charCodeAt(end)) && end - start > 1 ? end - 1 : end;
}

const isLowSurrogate = (codeUnit: number): boolean => codeUnit >= 0xdc00 && codeUnit <= 0xdfff;
