const maxLength = 120;

/** Returns a value for a message, as JSON, not too long. */
export function toQuoted(value: unknown): string {
  if (value === undefined || value === null) return 'missing';
  const text = JSON.stringify(value);
  return text.length > maxLength ? `${text.slice(0, maxLength)}…` : text;
}
