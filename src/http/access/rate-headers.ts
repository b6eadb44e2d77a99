import type { RequestCount } from '../../tenants/request-rates.ts';

/** Returns OpenAI's rate limit headers. */
export function rateHeaders({ limit, remaining, resetMs }: RequestCount): Record<string, string> {
  return {
    'x-ratelimit-limit-requests': `${limit}`,
    'x-ratelimit-remaining-requests': `${remaining}`,
    'x-ratelimit-reset-requests': toDuration(resetMs),
  };
}

/** Formats a duration as OpenAI and Go do: `6ms`, `1.5s`, `1m0s`. Rounds up, so that clients do not retry too early. */
export function toDuration(milliseconds: number): string {
  const whole = Math.ceil(milliseconds);
  if (whole < 1000) return `${whole}ms`;
  const minutes = Math.floor(whole / 60_000);
  const seconds = `${(whole % 60_000) / 1000}s`;
  if (minutes === 0) return seconds;
  return minutes < 60 ? `${minutes}m${seconds}` : `${Math.floor(minutes / 60)}h${minutes % 60}m${seconds}`;
}
