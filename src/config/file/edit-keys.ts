import { isDeepStrictEqual } from 'node:util';
import { type Document, isNode, parseDocument, type YAMLSeq } from 'yaml';

/**
 * Edits of the list `keys` in a YAML text, line by line: every other byte stays. They know the list as a block of
 * entries, or empty. What comes of one that is written otherwise is not what was meant: see `says`.
 */
export interface KeysText {
  text: string;
  /** The list, as it was read from the text; absent when there is none. */
  keys: YAMLSeq | undefined;
}

/** Adds an entry at the end: the lines of a list of one. */
export function insertEntry({ text, keys }: KeysText, entry: string[]): string {
  const lines = text.split('\n');
  const ending = text.includes('\r\n') ? '\r' : '';
  const indented = (columns: number) => entry.map((line) => `${' '.repeat(columns)}${line}${ending}`);
  if (keys === undefined) {
    if (lines.at(-1) === '') lines.pop();
    return [...lines, `keys:${ending}`, ...indented(2), ''].join('\n');
  }
  const { before, end, column } = place(text, keys);
  if (keys.items.length === 0) return `${before}${ending}\n${indented(2).join('\n')}${text.slice(end)}`;
  return lines.toSpliced(lineOf(text, end) + 1, 0, ...indented(column)).join('\n');
}

/** Takes an entry out, with the comment above it; one above the first is about the list. */
export function removeEntry({ text, keys }: KeysText & { keys: YAMLSeq }, index: number): string {
  const { before, end } = place(text, keys);
  if (keys.items.length === 1) return `${before} []${text.slice(end)}`;
  const item = place(text, keys.items[index]);
  const lines = text.split('\n');
  const last = lineOf(text, item.end);
  let first = lineOf(text, item.start);
  while (index > 0 && /^\s*#/.test(lines[first - 1] ?? '')) first--;
  return lines.toSpliced(first, last + 1 - first).join('\n');
}

/** Does a text say what a document does, comments aside? */
export function says(text: string, document: Document): boolean {
  const read = parseDocument(text);
  return read.errors.length === 0 && isDeepStrictEqual(read.toJS(), document.toJS());
}

/** Where a part of the text is. A node that was read ends with the space after it; this ends before. */
function place(text: string, node: unknown) {
  const [start = 0, end = 0] = (isNode(node) && node.range) || [];
  return {
    start,
    end: text.slice(0, end).trimEnd().length,
    /** In spaces. */
    column: start - (text.lastIndexOf('\n', start - 1) + 1),
    before: text.slice(0, start).trimEnd(),
  };
}

/** Counted from 0. */
const lineOf = (text: string, offset: number): number => text.slice(0, offset).split('\n').length - 1;
