/** Parses JSON. Returns `undefined`, which no JSON text represents, for invalid JSON. */
export function tryParseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
