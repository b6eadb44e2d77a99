/**
 * Returns a JSON value whose strings have no half of a surrogate pair: each becomes U+FFFD. Returns the value itself if
 * there is none, as nearly always.
 */
export function toWellFormed<Value>(value: Value): Value;
export function toWellFormed(value: unknown): unknown {
  if (typeof value === 'string') return value.isWellFormed() ? value : value.toWellFormed();
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const entries = value.map((entry) => toWellFormed(entry));
    return entries.every((entry, index) => entry === value[index]) ? value : entries;
  }
  const entries = Object.entries(value).map(([name, entry]) => [name.toWellFormed(), toWellFormed(entry)] as const);
  const isSame = entries.every(([name, entry]) => (value as Record<string, unknown>)[name] === entry);
  return isSame ? value : Object.fromEntries(entries);
}
