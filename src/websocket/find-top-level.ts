const quote = 0x22;
const backslash = 0x5c;
const colon = 0x3a;
const openings: ReadonlySet<number> = new Set([0x7b, 0x5b]);
const closings: ReadonlySet<number> = new Set([0x7d, 0x5d]);
const spaces: ReadonlySet<number> = new Set([0x20, 0x09, 0x0a, 0x0d]);
/** Prevents parsing a long text only to compare it with a short one. */
const maxValueBytes = 2048;

/**
 * Returns the value of a field of a JSON object without parsing the rest: a string, `null`, or `undefined` for anything
 * else. `isPresent`: whether the object has the field. Reads no further than the field.
 */
export function findTopLevel(json: Buffer, name: string): { isPresent: boolean; value: string | null | undefined } {
  const key = JSON.stringify(name);
  // Most frames lack the field, and a native search is fast.
  if (!json.includes(key)) return { isPresent: false, value: undefined };
  let depth = 0;
  for (let at = 0; at < json.length; at += 1) {
    const byte = json[at] ?? 0;
    if (byte === quote) {
      const end = findEnd(json, at);
      const next = skipSpaces(json, end + 1);
      if (depth === 1 && json[next] === colon && json.toString('utf8', at, end + 1) === key) {
        return { isPresent: true, value: readValue(json, skipSpaces(json, next + 1)) };
      }
      at = end;
    } else if (openings.has(byte)) depth += 1;
    else if (closings.has(byte)) depth -= 1;
  }
  return { isPresent: false, value: undefined };
}

function readValue(json: Buffer, at: number): string | null | undefined {
  if (json[at] !== quote) return json.toString('latin1', at, at + 4) === 'null' ? null : undefined;
  const end = findEnd(json, at);
  if (end - at > maxValueBytes) return undefined;
  try {
    const value: unknown = JSON.parse(json.toString('utf8', at, end + 1));
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Returns the index of the quote that ends the string at `start`, or the end of the text. */
function findEnd(json: Buffer, start: number): number {
  let end = json.indexOf(quote, start + 1);
  while (end !== -1 && isEscaped(json, end)) end = json.indexOf(quote, end + 1);
  return end === -1 ? json.length : end;
}

function isEscaped(json: Buffer, at: number): boolean {
  let first = at;
  while (json[first - 1] === backslash) first -= 1;
  return (at - first) % 2 === 1;
}

function skipSpaces(json: Buffer, start: number): number {
  let at = start;
  while (spaces.has(json[at] ?? 0)) at += 1;
  return at;
}
