import { ApiError } from '../errors/api-error.ts';
import { type JsonBounds, JsonScanner, type JsonSource } from './json-scanner.ts';

/** The value of a JSON text whose bounds a `JsonScanner` has checked. Throws `invalid_json`. */
export function parseJson(bytes: Buffer, source: JsonSource): unknown {
  const text = bytes.toString('utf8');
  try {
    // RFC 8259, 8.1: a byte order mark may be ignored; some shells on Windows write one.
    return JSON.parse(text.startsWith('\ufeff') ? text.slice(1) : text);
  } catch (cause) {
    throw new ApiError('invalid_json', `Invalid JSON in ${source}`, { cause });
  }
}

/** The value of a JSON text that arrived whole. Throws what the scanner throws, before anything is parsed, and `invalid_json`. */
export function parseBoundedJson(bytes: Buffer, source: JsonSource, bounds: JsonBounds): unknown {
  new JsonScanner(bounds, source).scan(bytes);
  return parseJson(bytes, source);
}
