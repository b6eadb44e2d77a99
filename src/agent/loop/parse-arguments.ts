import { isObject } from '../../json/is-object.ts';
import { tryParseJson } from '../../json/try-parse-json.ts';

/** Returns the arguments of a call; `undefined` when they are not a JSON object. No text stands for no arguments. */
export function parseArguments(text: string): Record<string, unknown> | undefined {
  const value = text.trim() === '' ? {} : tryParseJson(text);
  return isObject(value) ? value : undefined;
}
