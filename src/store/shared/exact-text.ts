/** Begins a text that a database holds in another form. */
const marker = '\u001e';

/**
 * A client's text as every database can hold and compare it: PostgreSQL refuses U+0000, and drivers turn each lone surrogate into
 * U+FFFD, so that different texts would become one. Such a text is held as JSON behind a marker; any other stays as it is.
 */
export function toExactText(text: string): string {
  return isExact(text) ? text : marker + JSON.stringify(text);
}

export function fromExactText(held: string): string {
  if (!held.startsWith(marker)) return held;
  const text: string = JSON.parse(held.slice(marker.length));
  return text;
}

/** Whether a text is held as it is. */
export const isExact = (text: string): boolean =>
  !text.includes('\0') && !text.startsWith(marker) && text.isWellFormed();
