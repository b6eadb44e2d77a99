/**
 * The longest run without a break. The tokenizer's cost grows with the square of such a run: a megabyte of one letter
 * takes minutes. Each cut adds at most one token.
 */
const runCharacters = 256;
const longRun = new RegExp(`\\S{${runCharacters}}|\\s{${runCharacters}}`);
/** Characters tokenized at a time, so that the tokenizer's regular expressions never see many megabytes. */
const windowCharacters = 16_384;

/** Cuts a text into parts that are cheap to tokenize. Joined, they are the text. */
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

/** Cuts before a space if possible, since a word's token includes the space before it; never inside a character. */
function findCut(text: string, start: number, end: number): number {
  const space = text.lastIndexOf(' ', end);
  if (space > start) return space;
  return isLowSurrogate(text.charCodeAt(end)) && end - start > 1 ? end - 1 : end;
}

const isLowSurrogate = (codeUnit: number): boolean => codeUnit >= 0xdc00 && codeUnit <= 0xdfff;
