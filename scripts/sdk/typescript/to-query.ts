/**
 * Query parameters as the contract writes them: a list as repeated names, an object as `name[key]`. openapi-fetch's own
 * serializer leaves the keys as they are, so that a `&` in one starts a parameter.
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
