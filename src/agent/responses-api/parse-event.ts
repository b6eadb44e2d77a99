import { hasLongDigits, parseExact } from '../../json/exact-numbers.ts';
import { isObject } from '../../json/is-object.ts';
import { type Fields, toFields, toFieldsList } from '../fields.ts';
import { parseObject } from '../upstream/parse-object.ts';

/**
 * Parses an event or a response. Numbers in arguments that are an object keep all their digits. Throws `upstream_error`
 * for text that is not a JSON object.
 */
export function parseEvent(text: string): Fields {
  const event = toFields(parseObject(text));
  return hasObjectArguments(event) && hasLongDigits(text) ? toFields(parseExact(text)) : event;
}

function hasObjectArguments({ item, response, output }: Fields): boolean {
  if (isObject(item)) return isObject(item['arguments']);
  const items = output ?? (isObject(response) ? response['output'] : undefined);
  return items !== undefined && toFieldsList(items).some((one) => isObject(one['arguments']));
}
