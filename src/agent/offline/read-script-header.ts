import { isUtf8 } from 'node:buffer';
import { ApiError } from '../../errors/api-error.ts';
import type { Exchange } from '../../exchange.ts';
import { tryParseJson } from '../../json/try-parse-json.ts';
import { type Directive, parseDirectives } from './parse-directives.ts';

const header = 'X-Talaria-Script';

/** Returns the text of the script header; `undefined`: the request has none. */
export function findScriptHeader(exchange: Exchange | undefined): string | undefined {
  const value = exchange?.headers[header.toLowerCase()];
  return typeof value === 'string' && value.trim() !== '' ? decode(value) : undefined;
}

/** Parses the script of a request's header. Throws `invalid_value` if it is malformed or has no directive. */
export function readScriptHeader(exchange: Exchange | undefined): Directive[][] | undefined {
  const value = findScriptHeader(exchange);
  if (value === undefined) return undefined;
  const script = parseDirectives(toLines(value), header);
  if (script) return script;
  const message = `Invalid ${header}: it has no directive. Expected one line such as "/say Hello", or several as a JSON array.`;
  throw new ApiError('invalid_value', message, { param: header });
}

/** A script of several lines is a JSON string or a JSON array of strings, since a header is one line. */
function toLines(value: string): string {
  if (!/^\s*["[]/.test(value)) return value;
  const parsed = tryParseJson(value);
  if (typeof parsed === 'string') return parsed;
  if (Array.isArray(parsed) && parsed.every((line) => typeof line === 'string')) return parsed.join('\n');
  const message = `Invalid ${header}: expected a directive, a JSON string or a JSON array of strings.`;
  throw new ApiError('invalid_value', message, { param: header });
}

/** Node reads headers as Latin-1; most clients send UTF-8. */
function decode(value: string): string {
  const bytes = Buffer.from(value, 'latin1');
  return isUtf8(bytes) ? bytes.toString('utf8') : value;
}
