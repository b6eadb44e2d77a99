import { limits } from '../config/limits.ts';
import { ApiError } from '../errors/api-error.ts';

/**
 * What a client sent as JSON. Throws `invalid_json`, and `invalid_value` for what is nested too deeply: much of what reads
 * it does so recursively.
 */
export function parseJson(bytes: Buffer, source: 'request body' | 'WebSocket message'): unknown {
  const text = bytes.toString('utf8');
  let value: unknown;
  try {
    // RFC 8259, 8.1: a byte order mark may be ignored; some shells on Windows write one.
    value = JSON.parse(text.startsWith('\ufeff') ? text.slice(1) : text);
  } catch (cause) {
    throw new ApiError('invalid_json', `Invalid JSON in ${source}`, { cause });
  }
  if (!isDeeper(value, limits.bodyLevels)) return value;
  throw new ApiError('invalid_value', `The ${source} is nested more than ${limits.bodyLevels} levels deep.`);
}

function isDeeper<Value>(value: Value, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  if (Array.isArray(value)) return value.some((child: unknown) => isDeeper(child, levels - 1));
  // A loop, because this looks at every request: no list of what it finds need be made.
  for (const name in value) if (isDeeper(value[name], levels - 1)) return true;
  return false;
}
