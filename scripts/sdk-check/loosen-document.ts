import type { Schema } from '../../src/contract/schema.ts';

interface Parameter {
  style?: string;
  schema: Schema;
}

interface Document {
  components: { schemas: Record<string, Schema>; parameters: Record<string, Parameter> };
}

/**
 * A copy of the contract for generators that can't write down a union of an object and a text or a list, nor a value that
 * is always null: there they have any JSON. Unions of objects keep their members. An object in a query string is a text.
 */
export function loosenDocument(document: Document): Document {
  const { schemas } = document.components;
  const parameters = mapValues(document.components.parameters, ({ style, ...parameter }) =>
    style === 'deepObject' ? { ...parameter, schema: { type: 'string' } } : { ...(style ? { style } : {}), ...parameter },
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

  /** The `null` beside a type makes it optional, which every generator knows. */
  function loosenMember(schema: Schema): Schema {
    return schema.type === 'null' ? schema : loosen(schema);
  }

  /** Has no form that every generator can write down, or stands for one that hasn't. */
  function isOpen(schema: Schema): boolean {
    if (schema.type === 'null') return true;
    const target = resolve(schema);
    const members = (target.anyOf ?? target.oneOf ?? []).filter((member) => member.type !== 'null');
    return members.length > 1 ? !members.every(isObject) : members.some(isOpen);
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
