/** A JSON Schema, as far as the contract uses it. */
export interface Schema {
  $ref?: string;
  description?: string;
  type?: string | string[];
  const?: unknown;
  enum?: unknown[];
  default?: unknown;
  deprecated?: boolean;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  maxProperties?: number;
}

export interface Field {
  name: string;
  schema: Schema;
  required: boolean;
}

/** The fields that a schema writes out itself; those of an `allOf` are its own too. */
export function listFields({ properties = {}, required = [], allOf = [] }: Schema): Field[] {
  const own = Object.entries(properties).map(([name, schema]) => ({ name, schema, required: required.includes(name) }));
  return [...own, ...allOf.flatMap(listFields)];
}

/** The name that a reference leads to. */
export function toTarget({ $ref }: Schema): string | undefined {
  return $ref?.split('/').at(-1);
}

/** The wire name of an event: the value of its `type`. */
export function toEventName(name: string, { properties }: Schema): string | undefined {
  const value = properties?.['type']?.const;
  return name.endsWith('Event') && typeof value === 'string' ? value : undefined;
}

/** A field's own words, else those of the schema that it leads to. */
export function toWords(schema: Schema, schemas: Record<string, Schema>): string {
  if (schema.description !== undefined) return schema.description;
  const target = [schema, ...(schema.anyOf ?? [])].flatMap((each) => toTarget(each) ?? []);
  return schemas[target[0] ?? '']?.description ?? '';
}
