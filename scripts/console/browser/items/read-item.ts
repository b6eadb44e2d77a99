/** Reads the fields of items, which agents may send in any form. */

export type Fields = Record<string, unknown>;

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Returns a text; other values as JSON. */
export function toText(value: unknown): string {
  if (typeof value === 'string') return value;
  return value === null || value === undefined ? '' : (JSON.stringify(value, null, 2) ?? '');
}

/** Returns the parts of a list, without its holes. */
export function toParts(value: unknown): Fields[] {
  return Array.isArray(value) ? value.filter(isFields) : [];
}

/** Returns the text of parts such as those of reasoning. */
export const joinTexts = (value: unknown): string =>
  toParts(value)
    .map(({ text }) => toText(text))
    .join('\n\n');
