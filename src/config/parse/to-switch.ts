import { ConfigError } from '../config-error.ts';

/** Parses a switch. Returns `undefined` for any other text. */
export function fromSwitch(text: string): boolean | undefined {
  const value = text.toLowerCase();
  if (['1', 'true', 'yes', 'on'].includes(value)) return true;
  if (['0', 'false', 'no', 'off'].includes(value)) return false;
  return undefined;
}

/** Parses a switch. Throws a ConfigError that names the variable. */
export function toSwitch(name: string, text: string): boolean {
  const value = fromSwitch(text);
  if (value === undefined) throw new ConfigError(`${name}=${text} is invalid: expected 1 or 0.`);
  return value;
}
