import { ConfigError } from '../config-error.ts';

/** Throws a ConfigError that names the variable. */
export function toInteger(name: string, text: string, range: { min: number; max?: number }): number {
  const value = Number(text);
  const max = range.max ?? Number.MAX_SAFE_INTEGER;
  if (!/^\d+$/.test(text) || value < range.min || value > max) {
    throw new ConfigError(
      `${name}=${text} is not a whole number from ${range.min}${range.max ? ` to ${max}` : ' up'}.`,
    );
  }
  return value;
}
