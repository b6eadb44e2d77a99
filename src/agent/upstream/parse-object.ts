import { ApiError } from '../../errors/api-error.ts';
import { isObject } from '../../json/is-object.ts';
import { tryParseJson } from '../../json/try-parse-json.ts';

/** Longest text that is repaired. Prevents a broken one from being scanned again and again. */
const repairedCharacters = 65_536;
/** A string of JSON, which stays, or a number that Python writes and JSON lacks. */
const stringOrNoNumber = /("(?:[^"\\]|\\.)*")|-?\b(?:NaN|Infinity)\b/g;

/**
 * Parses JSON of an upstream. `NaN` and `Infinity` become null: Python's servers write them as log probabilities. Throws
 * `upstream_error` for text without JSON and for anything but an object.
 */
export function parseObject(text: string): object {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    value = repair(text);
    if (value === undefined) throw createUnreadable(text, cause);
  }
  if (isObject(value)) return value;
  throw new ApiError('upstream_error', "The agent's answer is not a JSON object.");
}

function repair(text: string): unknown {
  if (text.length > repairedCharacters || !/NaN|Infinity/.test(text)) return undefined;
  return tryParseJson(text.replaceAll(stringOrNoNumber, (_match, string) => string ?? 'null'));
}

function createUnreadable(text: string, cause: unknown): ApiError {
  const message = text.trim() === '' ? 'The agent sent an empty answer.' : "The agent's answer is not valid JSON.";
  return new ApiError('upstream_error', message, { cause });
}
