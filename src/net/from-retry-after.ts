/**
 * Parses a `Retry-After` header, which holds seconds or an HTTP date (RFC 9110, section 10.2.3). Returns whole seconds
 * between 0 and the maximum, or `undefined` for any other value.
 */
export function fromRetryAfter(header: string | string[] | undefined, maxSeconds: number): number | undefined {
  const value = (Array.isArray(header) ? header[0] : header)?.trim() ?? '';
  const seconds = /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : secondsUntil(value);
  return Number.isNaN(seconds) ? undefined : Math.min(maxSeconds, Math.max(0, Math.ceil(seconds)));
}

/** Requires the name of a day first, because `Date.parse` accepts many other texts as dates. */
function secondsUntil(date: string): number {
  return /^[A-Za-z]{3,9},? /.test(date) ? (Date.parse(date) - Date.now()) / 1000 : Number.NaN;
}
