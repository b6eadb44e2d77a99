/**
 * Serialises query parameters in the contract's form: a list as repeated names, an object as `name[key]`. openapi-fetch's
 * own serialiser doesn't escape keys, so a `&` in one would start another parameter.
 */
export function toQuery(query: unknown): string {
  const search = new URLSearchParams();
  for (const [name, value] of entriesOf(query)) {
    if (Array.isArray(value)) for (const entry of value) search.append(name, String(entry));
    else if (typeof value === 'object')
      for (const [key, child] of entriesOf(value)) search.append(`${name}[${key}]`, String(child));
    else search.append(name, String(value));
  }
  return search.toString();
}

function entriesOf(value: unknown): [string, unknown][] {
  return Object.entries(value ?? {}).filter(([, child]) => child !== undefined && child !== null);
}
