import type { FuncKeywordDefinition } from 'ajv/dist/2020.js';
import type { Schema } from './schema.ts';

/** Shorter words are too close to others: `mcp`, `acp`. */
const fewestLetters = 5;

/** Refuses a string that is one typing error away from one of those that `not` lists. */
export const misspeltKeyword: FuncKeywordDefinition = {
  keyword: 'x-refuse-misspelt',
  type: 'string',
  schemaType: 'boolean',
  validate: (_refuse: boolean, text: string, schema?: Schema) => !isMisspelt(text, schema?.not?.enum),
};

/** Whether a text is one typing error away from one of the words. */
export function isMisspelt(text: string, words: readonly unknown[] = []): boolean {
  return words.some((word) => typeof word === 'string' && word.length >= fewestLetters && isOneEditAway(text, word));
}

/** Whether one letter is added, missing or wrong, or two neighbours are swapped. */
function isOneEditAway(one: string, other: string): boolean {
  if (Math.abs(one.length - other.length) > 1) return false;
  let start = 0;
  while (start < one.length && one[start] === other[start]) start += 1;
  let end = 0;
  const shorter = Math.min(one.length, other.length) - start;
  while (end < shorter && one.at(-1 - end) === other.at(-1 - end)) end += 1;
  const [left, right] = [one.slice(start, one.length - end), other.slice(start, other.length - end)];
  if (left.length <= 1 && right.length <= 1) return true;
  return left.length === 2 && right.length === 2 && left[0] === right[1] && left[1] === right[0];
}
