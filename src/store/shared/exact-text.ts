/** Prefix of an encoded text. */
const marker = '\u001e';

/**
 * Encodes a client's text so that every database stores and compares it exactly. PostgreSQL rejects U+0000, and drivers
 * replace each lone surrogate by U+FFFD, so different texts would become equal. Such a text becomes a marker and its
 * JSON; any other text is unchanged.
 */
export function toExactText(text: string): string {
  return isExact(text) ? text : marker + JSON.stringify(text);
}

export function fromExactText(stored: string): string {
  if (!stored.startsWith(marker)) return stored;
  const text: string = JSON.parse(stored.slice(marker.length));
  return text;
}

/** Whether a text needs no encoding. */
export const isExact = (text: string): boolean =>
  !text.includes('\0') && !text.startsWith(marker) && text.isWellFormed();
