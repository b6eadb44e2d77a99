import { limits } from '../../config/limits.ts';
import { ApiError } from '../../errors/api-error.ts';
import { type JsonBounds, JsonScanner, type JsonSource } from './json-scanner.ts';

/** The value of a JSON text whose bounds a `JsonScanner` has checked. The bytes are of no more use. Throws `invalid_json`. */
export function parseJson(bytes: Buffer, source: JsonSource): unknown {
  const text = bytes.toString('utf8');
  free(bytes);
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

/** Frees what is large at once: a full collection may come long after it. */
function free({ buffer, length }: Buffer): void {
  if (length > limits.largeBodyBytes && length === buffer.byteLength && buffer instanceof ArrayBuffer)
    buffer.transfer(0);
}
