import { limits } from '../config/limits.ts';
import { isObject } from '../json/is-object.ts';
import type { KeywordKind } from './keywords.ts';

const types: ReadonlySet<unknown> = new Set(['array', 'boolean', 'integer', 'null', 'number', 'object', 'string']);
const typeRule = `must be one of ${[...types].join(', ')}, or a list of them without repeats`;
const namesRule = 'must be a list of strings without repeats';

/** Returns the fault of a keyword's value as the end of a sentence, or `undefined`. Does not check subschemas. */
export function findFault(kind: KeywordKind, value: unknown): string | undefined {
  switch (kind) {
    case 'schema':
    case 'any':
      return undefined;
    case 'schemas':
      return Array.isArray(value) && value.length > 0 ? undefined : 'must be a list of at least one schema';
    case 'schema-map':
      return isObject(value) ? undefined : 'must be an object of schemas';
    case 'dependencies':
      return findDependencyFault(value);
    case 'reference':
    case 'text':
      return typeof value === 'string' ? undefined : 'must be a string';
    case 'type':
      return isType(value) ? undefined : typeRule;
    case 'enum':
      return Array.isArray(value) && value.length > 0 ? undefined : 'must be a list of at least one value';
    case 'list':
      return Array.isArray(value) ? undefined : 'must be a list';
    case 'number':
      return typeof value === 'number' ? undefined : 'must be a number';
    case 'positive':
      return typeof value === 'number' && value > 0 ? undefined : 'must be a number above 0';
    case 'count':
      return Number.isInteger(value) && Number(value) >= 0 ? undefined : 'must be a whole number of at least 0';
    case 'flag':
      return typeof value === 'boolean' ? undefined : 'must be true or false';
    case 'pattern':
      return typeof value === 'string' ? findPatternFault(value) : 'must be a string';
    case 'names':
      return isNames(value) ? undefined : namesRule;
    case 'names-map':
      return isObject(value) && Object.values(value).every(isNames) ? undefined : `${namesRule}, for each property`;
    default:
      return kind satisfies never;
  }
}

/**
 * Returns the fault of a regular expression, or `undefined`. Its syntax is not checked here: an expression that cannot
 * be compiled may be one of another dialect that the agent understands.
 */
export function findPatternFault(pattern: string): string | undefined {
  return pattern.length > limits.schemaPatternCharacters
    ? `must have at most ${limits.schemaPatternCharacters} characters`
    : undefined;
}

function findDependencyFault(value: unknown): string | undefined {
  if (!isObject(value)) return 'must be an object of schemas or lists of names';
  return Object.values(value).every((member) => !Array.isArray(member) || isNames(member)) ? undefined : namesRule;
}

function isType(value: unknown): boolean {
  if (!Array.isArray(value)) return types.has(value);
  return value.length > 0 && value.every((name) => types.has(name)) && new Set(value).size === value.length;
}

function isNames(value: unknown): boolean {
  return (
    Array.isArray(value) && value.every((name) => typeof name === 'string') && new Set(value).size === value.length
  );
}
