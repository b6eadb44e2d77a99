import { ConfigError } from '../config-error.ts';

/** Parses an integer within a range. Throws a ConfigError that names the variable. */
export function toInteger(name: string, text: string, range: { min: number; max?: number }): number {
  const value = Number(text);
  const max = range.max ?? Number.MAX_SAFE_INTEGER;
  if (!/^\d+$/.test(text) || value < range.min || value > max) {
    const accepted = range.max ? `from ${range.min} to ${max}` : `of at least ${range.min}`;
    throw new ConfigError(`${name}=${text} is invalid: expected an integer ${accepted}.`);
  }
  return value;
}
