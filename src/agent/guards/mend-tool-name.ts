/** Parts of a name, before a tool's own: `functions.x`, `default_api:x`, `tools/x`, `functions::x`. */
const separator = /[.:/]+/;
/** Text that models append to a name: the number of the call (Kimi), or a token of their chat format (gpt-oss). */
const trailer = /(:\d+|<\|.*)$/s;

/**
 * Returns the offered tool that a model means by a slightly different name: with a prefix, in other case, or with other
 * separators. Returns `undefined` unless exactly one tool fits.
 */
export function mendToolName(written: string, offered: ReadonlySet<string>): string | undefined {
  const name = written.trim().replace(trailer, '');
  if (offered.has(name)) return name;
  const parts = name.split(separator);
  for (let first = 0; first < parts.length; first++) {
    const wanted = simplify(parts.slice(first).join(''));
    if (wanted === '') continue;
    const fitting = [...offered].filter((tool) => simplify(tool) === wanted);
    if (fitting.length > 0) return fitting.length === 1 ? fitting[0] : undefined;
  }
  return undefined;
}

const simplify = (name: string): string => name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
