import type { ErrorCode } from '../errors/error-table.ts';

/** Steps from the body's root: property names and array indexes. */
export type ValuePath = readonly (string | number)[];

/** Where and why a value breaks its schema, for a person. */
export interface Violation {
  path: ValuePath;
  code: Extract<ErrorCode, 'missing_required_parameter' | 'invalid_type' | 'invalid_value'>;
  message: string;
}

/** A client's name of a field is shown back no longer than this. */
const shownCharacters = 200;

/** OpenAI's way to write a path: `messages[2].content[0].type`. */
export function toParam(path: ValuePath): string {
  return path
    .map((step, i) => (typeof step === 'number' ? `[${step}]` : `${i > 0 ? '.' : ''}${shorten(step)}`))
    .join('');
}

export const shorten = (name: string): string =>
  name.length > shownCharacters ? `${name.slice(0, shownCharacters)}…` : name;
