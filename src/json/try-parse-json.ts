/** `undefined` for a text that is no JSON: no JSON text stands for that. */
export function tryParseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
