import { ConfigError } from '../config-error.ts';

const unitMs = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

/** Node's timers can't wait longer, and fire at once when they are set to. */
export const longestTimerMs = 2 ** 31 - 1;

/**
 * Returns a duration in milliseconds: `500ms`, `90s`, `30m`, `1h`, or a bare number of seconds. Throws a ConfigError that
 * names the variable for anything else, for zero, and for more than a timer can wait.
 */
export function toDuration(name: string, text: string): number {
  const [, number, unit = 's'] = /^(\d+)(ms|s|m|h)?$/.exec(text) ?? [];
  const milliseconds = Number(number) * unitMs[unit as keyof typeof unitMs];
  if (milliseconds >= 1 && milliseconds <= longestTimerMs) return milliseconds;
  throw new ConfigError(
    `${name}=${text} is not a duration: expected a whole number above 0 with ms, s, m or h, or of seconds, at most 24 days.`,
  );
}
