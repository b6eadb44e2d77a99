import { isUtf8 } from 'node:buffer';
import { limits } from '../../config/limits.ts';
import { ApiError } from '../../errors/api-error.ts';
import { parseExact } from '../../json/exact-numbers.ts';
import { type JsonBounds, JsonScanner, type JsonSource } from './json-scanner.ts';

/** The findings of a `JsonScanner` about a text. */
type Scanned = Pick<JsonScanner, 'hasLongNumber'>;

/** Parses a JSON text that `scanner` has scanned, and detaches large `bytes`. Throws `invalid_json`. */
export function parseJson(bytes: Buffer, source: JsonSource, { hasLongNumber }: Scanned): unknown {
  if (!isUtf8(bytes)) {
    // Decoding would replace the unknown bytes in silence (RFC 8259, 8.1).
    throw new ApiError('invalid_json', `The ${source} is not valid UTF-8. Encode the JSON as UTF-8.`);
  }
  const text = bytes.toString('utf8');
  free(bytes);
  try {
    // A byte order mark may be ignored (RFC 8259, 8.1). Some Windows shells write one.
    const json = text.startsWith('\ufeff') ? text.slice(1) : text;
    return hasLongNumber ? parseExact(json) : JSON.parse(json);
  } catch (cause) {
    throw new ApiError('invalid_json', `Invalid JSON in ${source}`, { cause });
  }
}

/**
 * Scans and parses a complete JSON text. Throws the errors of `JsonScanner.scan`, before parsing, and `invalid_json`.
 */
export function parseBoundedJson(bytes: Buffer, source: JsonSource, bounds: JsonBounds): unknown {
  const scanner = new JsonScanner(bounds, source);
  scanner.scan(bytes);
  return parseJson(bytes, source, scanner);
}

/** Detaches a large buffer, whose memory would otherwise wait for the next full collection. */
function free({ buffer, length }: Buffer): void {
  if (length > limits.largeBodyBytes && length === buffer.byteLength && buffer instanceof ArrayBuffer)
    buffer.transfer(0);
}
