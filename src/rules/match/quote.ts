import { rulesLimits } from '../rules-limits.ts';

/** Quotes a text for a message. */
export function quote(text: string): string {
  const { quoteCharacters } = rulesLimits;
  return JSON.stringify(text.length > quoteCharacters ? `${text.slice(0, quoteCharacters)}…` : text);
}
