interface Document {
  components: { schemas: Record<string, object> };
}

const prefix = '#/components/schemas/';

/** Returns the JSON Schema of rules files: `RuleSet` of the contract with the schemas that it refers to. */
export function toRulesSchema({ components: { schemas } }: Document): object {
  const defs: Record<string, unknown> = {};
  const convert = (value: unknown): unknown =>
    JSON.parse(
      JSON.stringify(value, (key, inner: unknown) => {
        if (key.startsWith('x-')) return undefined;
        if (key !== '$ref' || typeof inner !== 'string' || !inner.startsWith(prefix)) return inner;
        const name = inner.slice(prefix.length);
        if (!(name in defs)) {
          defs[name] = {};
          defs[name] = convert(schemas[name]);
        }
        return `#/$defs/${name}`;
      }),
    );
  const root = convert(schemas['RuleSet']);
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Rules of a Talaria agent',
    ...(root as object),
    $defs: defs,
  };
}
