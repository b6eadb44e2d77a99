import { limits } from '../../config/limits.ts';

const longest = limits.upstreamToldRetryAfterMs / 1000;

/**
 * Returns the whole seconds of a `Retry-After`, which holds seconds or an HTTP date (RFC 9110, 10.2.3): never negative, and
 * a day at most. `undefined` for anything else, numbers in other notations included.
 */
export function fromRetryAfter(header: string | string[] | undefined): number | undefined {
  const value = (Array.isArray(header) ? header[0] : header)?.trim() ?? '';
  const seconds = /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : secondsUntil(value);
  return Number.isNaN(seconds) ? undefined : Math.min(longest, Math.max(0, Math.ceil(seconds)));
}

/** A date begins with the name of a day: `Date.parse` reads much else as one. */
function secondsUntil(date: string): number {
  return /^[A-Za-z]{3,9},? /.test(date) ? (Date.parse(date) - Date.now()) / 1000 : Number.NaN;
}
