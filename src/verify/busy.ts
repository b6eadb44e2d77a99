import type { IncomingHttpHeaders } from 'node:http';
import { Busy } from './outcomes.ts';
import { at } from './read-json.ts';
import { verifyLimits } from './verify-limits.ts';

/** Codes and types of errors that mean 429, in OpenAI's API and in gateways. */
const busyNames = ['rate_limit_exceeded', 'rate_limit_error', 'too_many_requests', 'insufficient_quota', '429'];

/** Whether a reply refuses the request for now: 429, or 503 with the time of a retry. */
export const isBusy = (status: number, headers: IncomingHttpHeaders): boolean =>
  status === 429 || (status === 503 && headers['retry-after'] !== undefined);

/** Whether an error object means 429. A stream or a stored response reports it under status 200. */
export const isBusyError = (error: unknown): boolean =>
  busyNames.includes(`${at(error, 'code')}`) || busyNames.includes(`${at(error, 'type')}`);

/** Returns the error of an event or a frame; `undefined` when it reports none. */
export function errorIn(value: unknown): unknown {
  const type = at(value, 'type');
  if (type === 'error') return at(value, 'error') ?? value;
  if (type === 'response.failed') return at(value, 'response.error');
  return type === undefined ? at(value, 'error') : undefined;
}

/** Creates the outcome of a request that an overloaded server refused. */
export function toBusy(what: string, headers: Record<string, unknown> = {}): Busy {
  const milliseconds = readRetryAfter(headers);
  const isLong = milliseconds > verifyLimits.retryAfterMs;
  const wait = isLong ? `, and asks to wait ${Math.ceil(milliseconds / 1000)} s` : '';
  return new Busy(`the server ${what}: too many requests${wait}`, isLong ? undefined : milliseconds);
}

/** Reads Retry-After, in seconds or as a date, and OpenAI's `retry-after-ms`. */
function readRetryAfter(headers: Record<string, unknown>): number {
  const exact = Number(headers['retry-after-ms'] ?? Number.NaN);
  if (exact >= 0) return exact;
  const text = headers['retry-after'];
  if (text === undefined) return verifyLimits.busyMs;
  const seconds = Number(text);
  const milliseconds = Number.isNaN(seconds) ? Date.parse(`${text}`) - Date.now() : seconds * 1000;
  return Number.isNaN(milliseconds) ? verifyLimits.busyMs : Math.max(0, milliseconds);
}
