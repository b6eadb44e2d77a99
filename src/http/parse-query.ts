type Query = Record<string, unknown>;

/**
 * Parses a query for the validator. `include=a&include=b`, `include[]=a` and `include[0]=a` are lists of any length,
 * `metadata[KEY]=v` is an object. A parameter without a value is omitted. Some clients for Python write `True`.
 */
export function parseQuery(text: string | null): Query {
  // Express passes null without a query, which would become a parameter of that name.
  if (!text) return {};
  const query = new Map<string, unknown>();
  for (const [name, value] of new URLSearchParams(text)) {
    const [, field = name, key] = /^([^[\]]+)\[([^[\]]*)\]$/.exec(name) ?? [];
    const known = query.get(field);
    if (key === undefined) {
      if (value !== '') query.set(field, known === undefined ? toLiteral(value) : addElement(known, value));
    } else {
      query.set(field, /^\d*$/.test(key) ? addElement(known, value) : addKey(known, key, value));
    }
  }
  return Object.fromEntries(query);
}

const toLiteral = (value: string): string => (/^(?:True|False)$/.test(value) ? value.toLowerCase() : value);

/** Appends in place: a copy for each element would make long queries slow. */
function addElement(known: unknown, value: string): unknown {
  if (!Array.isArray(known)) return known === undefined ? [value] : [known, value];
  known.push(value);
  return known;
}

/** A null prototype keeps keys such as `__proto__` plain. */
function addKey(known: unknown, key: string, value: string): unknown {
  const entries = typeof known === 'object' && !Array.isArray(known) ? known : Object.create(null);
  entries[key] = key in entries ? addElement(entries[key], value) : value;
  return entries;
}
