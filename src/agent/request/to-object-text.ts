import { isObject } from '../../json/is-object.ts';
import { tryParseJson } from '../../json/try-parse-json.ts';

/**
 * Returns the arguments of a call as the JSON text of an object, which vLLM and llama.cpp require of every call in the
 * history. An object stays as the model wrote it; any other value or text becomes the member `input` of one.
 */
export function toObjectText(text: string): string {
  const value = tryParseJson(text);
  if (isObject(value)) return text;
  if (value === undefined) return text.trim() === '' ? '{}' : JSON.stringify({ input: text });
  // Some models encode their arguments twice.
  if (typeof value === 'string' && isObject(tryParseJson(value))) return value;
  if (value === null) return '{}';
  // The text, not the value: numbers keep all their digits.
  return `{"input":${text}}`;
}
