import { ConfigError } from '../config-error.ts';

const unitMs = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

/** The longest delay of Node's timers. A longer one fires at once. */
export const longestTimerMs = 2 ** 31 - 1;

/** The accepted durations of a limit that may be off, for the end of a message. */
export const durationRule = 'a duration such as 500ms, 90s, 30m or 1h, at most 24 days, or 0 for no limit';

/**
 * Parses a duration to milliseconds: `500ms`, `90s`, `30m`, `1h`, or a bare number of seconds. 0 means no limit, which is
 * the longest timer. Returns `undefined` for anything else, and for more than 24 days.
 */
export function fromDuration(text: string): number | undefined {
  const [, number, unit = 's'] = /^(\d+)(ms|s|m|h)?$/.exec(text) ?? [];
  const milliseconds = Number(number) * unitMs[unit as keyof typeof unitMs];
  if (milliseconds === 0) return longestTimerMs;
  return milliseconds >= 1 && milliseconds <= longestTimerMs ? milliseconds : undefined;
}

/** Parses a duration that may be off. Throws a ConfigError that names the variable. */
export function toTimeout(name: string, text: string): number {
  const milliseconds = fromDuration(text);
  if (milliseconds !== undefined) return milliseconds;
  throw new ConfigError(`${name}=${text} is invalid: expected ${durationRule}.`);
}

/** Parses a duration above 0. Throws a ConfigError that names the variable. */
export function toDuration(name: string, text: string): number {
  const milliseconds = fromDuration(text);
  if (milliseconds !== undefined && !/^0+\D*$/.test(text)) return milliseconds;
  throw new ConfigError(
    `${name}=${text} is invalid: expected a duration such as 500ms, 90s, 30m or 1h, above 0 and at most 24 days.`,
  );
}
