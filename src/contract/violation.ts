import type { ErrorCode } from '../errors/error-table.ts';

/** Steps from the body's root: property names and array indexes. */
export type ValuePath = readonly (string | number)[];

/** The reason why a value is invalid, in words for the client. */
export interface Violation {
  path: ValuePath;
  code: Extract<ErrorCode, 'missing_required_parameter' | 'invalid_type' | 'invalid_value' | 'unsupported_parameter'>;
  message: string;
}

/** The most characters of a client's property name that a message shows. */
const shownCharacters = 200;

/** Formats a path as OpenAI does: `messages[2].content[0].type`. */
export function toParam(path: ValuePath): string {
  return path
    .map((step, i) => (typeof step === 'number' ? `[${step}]` : `${i > 0 ? '.' : ''}${shorten(step)}`))
    .join('');
}

export const shorten = (name: string): string =>
  name.length > shownCharacters ? `${name.slice(0, shownCharacters)}…` : name;
