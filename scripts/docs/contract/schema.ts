import type { Schema } from '../../../src/contract/schema.ts';

export interface Field {
  name: string;
  schema: Schema;
  required: boolean;
}

/** Lists the fields that a schema defines itself, including those of its `allOf`. */
export function listFields({ properties = {}, required = [], allOf = [] }: Schema): Field[] {
  const own = Object.entries(properties).map(([name, schema]) => ({ name, schema, required: required.includes(name) }));
  return [...own, ...allOf.flatMap(listFields)];
}

/** Returns the name of the schema that a reference leads to. */
export function toTarget({ $ref }: Schema): string | undefined {
  return $ref?.split('/').at(-1);
}

/** Returns the wire name of an event: the value of its `type`. */
export function toEventName(name: string, { properties }: Schema): string | undefined {
  const value = properties?.['type']?.const;
  return name.endsWith('Event') && typeof value === 'string' ? value : undefined;
}

/** Returns a schema's description, or that of the schema it refers to. */
export function toWords(schema: Schema, schemas: Record<string, Schema>): string {
  if (schema.description !== undefined) return schema.description;
  const target = [schema, ...(schema.anyOf ?? [])].flatMap((each) => toTarget(each) ?? []);
  return schemas[target[0] ?? '']?.description ?? '';
}
