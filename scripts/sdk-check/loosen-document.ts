import type { Schema } from '../../src/contract/schema.ts';

interface Parameter {
  style?: string;
  schema: Schema;
}

interface Document {
  components: { schemas: Record<string, Schema>; parameters: Record<string, Parameter> };
}

/**
 * Returns a copy of the contract for generators that don't support unions of an object with a string or an array, nor
 * values that are always null: these become any JSON. Unions of objects remain. Objects in the query become strings.
 */
export function loosenDocument(document: Document): Document {
  const { schemas } = document.components;
  const parameters = mapValues(document.components.parameters, ({ style, ...parameter }) =>
    style === 'deepObject'
      ? { ...parameter, schema: { type: 'string' } }
      : { ...(style ? { style } : {}), ...parameter },
  );
  return { ...document, components: { ...document.components, parameters, schemas: mapValues(schemas, loosen) } };

  function loosen({ not: _, ...schema }: Schema): Schema {
    if (isOpen(schema)) return {};
    return {
      ...schema,
      ...(schema.properties ? { properties: mapValues(schema.properties, loosen) } : {}),
      ...(schema.items ? { items: loosen(schema.items) } : {}),
      ...(schema.anyOf ? { anyOf: schema.anyOf.map(loosenMember) } : {}),
    };
  }

  /** Keeps `null` next to a type: every generator supports optional values. */
  function loosenMember(schema: Schema): Schema {
    return schema.type === 'null' ? schema : loosen(schema);
  }

  /** Whether some generators don't support the schema, or one that it refers to. */
  function isOpen(schema: Schema): boolean {
    if (schema.type === 'null') return true;
    const target = resolve(schema);
    // Some generators merge the members of an `allOf`, which a union does not survive.
    if (target.allOf?.some(isUnion)) return true;
    const members = (target.anyOf ?? target.oneOf ?? []).filter((member) => member.type !== 'null');
    return members.length > 1 ? !members.every(isObject) : members.some(isOpen);
  }

  function isUnion(schema: Schema): boolean {
    const { anyOf, oneOf } = resolve(schema);
    return (anyOf ?? oneOf) !== undefined;
  }

  function isObject(schema: Schema): boolean {
    const target = resolve(schema);
    const members = target.anyOf ?? target.oneOf;
    return members ? members.every(isObject) : target.properties !== undefined;
  }

  function resolve(schema: Schema): Schema {
    const name = schema.$ref?.split('/').at(-1);
    return name === undefined ? schema : resolve(schemas[name] ?? {});
  }
}

function mapValues<T>(object: Record<string, T>, map: (value: T) => T): Record<string, T> {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, map(value)]));
}
