import { ConfigError } from '../config-error.ts';

const unitMs = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

/** The longest delay of Node's timers. A longer one fires at once. */
export const longestTimerMs = 2 ** 31 - 1;

/**
 * Parses a duration to milliseconds: `500ms`, `90s`, `30m`, `1h`, or a bare number of seconds. Throws a ConfigError that
 * names the variable for anything else, for zero, and for more than 24 days.
 */
export function toDuration(name: string, text: string): number {
  const [, number, unit = 's'] = /^(\d+)(ms|s|m|h)?$/.exec(text) ?? [];
  const milliseconds = Number(number) * unitMs[unit as keyof typeof unitMs];
  if (milliseconds >= 1 && milliseconds <= longestTimerMs) return milliseconds;
  throw new ConfigError(
    `${name}=${text} is invalid: expected a duration such as 500ms, 90s, 30m or 1h, above 0 and at most 24 days.`,
  );
}
