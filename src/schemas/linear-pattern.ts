import { RE2JS } from 're2js';
import { translatePattern } from './translate-pattern.ts';

/** A regular expression that runs in time proportional to the text, whatever the expression. */
export interface LinearPattern {
  test(text: string): boolean;
}

/**
 * Returns `undefined` for an expression that RE2 does not support: lookaround, back-references, over 1000 repetitions.
 */
export function toLinearPattern(pattern: string): LinearPattern | undefined {
  const translated = translatePattern(pattern);
  if (translated === undefined) return undefined;
  try {
    return RE2JS.compile(translated);
  } catch {
    return undefined;
  }
}
