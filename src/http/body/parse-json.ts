import { limits } from '../../config/limits.ts';
import { ApiError } from '../../errors/api-error.ts';
import { type JsonBounds, JsonScanner, type JsonSource } from './json-scanner.ts';

/** Parses a JSON text whose bounds a `JsonScanner` has checked, and detaches large `bytes`. Throws `invalid_json`. */
export function parseJson(bytes: Buffer, source: JsonSource): unknown {
  const text = bytes.toString('utf8');
  free(bytes);
  try {
    // A byte order mark may be ignored (RFC 8259, 8.1). Some Windows shells write one.
    return JSON.parse(text.startsWith('\ufeff') ? text.slice(1) : text);
  } catch (cause) {
    throw new ApiError('invalid_json', `Invalid JSON in ${source}`, { cause });
  }
}

/**
 * Scans and parses a complete JSON text. Throws the errors of `JsonScanner.scan`, before parsing, and `invalid_json`.
 */
export function parseBoundedJson(bytes: Buffer, source: JsonSource, bounds: JsonBounds): unknown {
  new JsonScanner(bounds, source).scan(bytes);
  return parseJson(bytes, source);
}

/** Detaches a large buffer, whose memory would otherwise wait for the next full collection. */
function free({ buffer, length }: Buffer): void {
  if (length > limits.largeBodyBytes && length === buffer.byteLength && buffer instanceof ArrayBuffer)
    buffer.transfer(0);
}
