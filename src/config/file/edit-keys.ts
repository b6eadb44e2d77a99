import { isDeepStrictEqual } from 'node:util';
import { type Document, isNode, parseDocument, type YAMLSeq } from 'yaml';

/**
 * Edits the list `keys` in a YAML text line by line; every other byte stays. Only a block list and an empty list are
 * supported. For any other style the result is wrong: check it with `isSameDocument`.
 */
export interface KeysText {
  text: string;
  /** The list, as parsed from the text; `undefined` without one. */
  keys: YAMLSeq | undefined;
}

/** Appends an entry. `entry`: the lines of a list with one entry. */
export function insertEntry({ text, keys }: KeysText, entry: string[]): string {
  const lines = text.split('\n');
  const ending = text.includes('\r\n') ? '\r' : '';
  const indented = (columns: number) => entry.map((line) => `${' '.repeat(columns)}${line}${ending}`);
  if (keys === undefined) {
    if (lines.at(-1) === '') lines.pop();
    return [...lines, `keys:${ending}`, ...indented(2), ''].join('\n');
  }
  const { before, end, column } = locate(text, keys);
  if (keys.items.length === 0) return `${before}${ending}\n${indented(2).join('\n')}${text.slice(end)}`;
  return lines.toSpliced(lineOf(text, end) + 1, 0, ...indented(column)).join('\n');
}

/** Removes an entry with the comment above it. A comment above the first entry belongs to the list and stays. */
export function removeEntry({ text, keys }: KeysText & { keys: YAMLSeq }, index: number): string {
  const { before, end } = locate(text, keys);
  if (keys.items.length === 1) return `${before} []${text.slice(end)}`;
  const item = locate(text, keys.items[index]);
  const lines = text.split('\n');
  const last = lineOf(text, item.end);
  let first = lineOf(text, item.start);
  while (index > 0 && /^\s*#/.test(lines[first - 1] ?? '')) first--;
  return lines.toSpliced(first, last + 1 - first).join('\n');
}

/** Whether a text parses to the same value as a document. */
export function isSameDocument(text: string, document: Document): boolean {
  const read = parseDocument(text);
  return read.errors.length === 0 && isDeepStrictEqual(read.toJS(), document.toJS());
}

/** Returns the position of a node in the text, without the whitespace after it. */
function locate(text: string, node: unknown) {
  const [start = 0, end = 0] = (isNode(node) && node.range) || [];
  return {
    start,
    end: text.slice(0, end).trimEnd().length,
    /** Indentation in spaces. */
    column: start - (text.lastIndexOf('\n', start - 1) + 1),
    before: text.slice(0, start).trimEnd(),
  };
}

/** Returns the line number, from 0. */
const lineOf = (text: string, offset: number): number => text.slice(0, offset).split('\n').length - 1;
