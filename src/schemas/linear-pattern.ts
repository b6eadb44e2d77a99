import { createRequire } from 'node:module';
import { lazy } from '../lazy.ts';
import { translatePattern } from './translate-pattern.ts';

const require = createRequire(import.meta.url);
/** Loaded by the first pattern: most schemas have none. */
const re2 = lazy((): typeof import('re2js') => require('re2js'));

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
    return re2().RE2JS.compile(translated);
  } catch {
    return undefined;
  }
}
