import type { PublishedSchema } from './published.ts';

/** One kind of object that a schema accepts. */
export interface ObjectShape {
  /** The schemas it is made of: several under `allOf`. */
  parts: PublishedSchema[];
  required: Set<string>;
  properties: Map<string, PublishedSchema[]>;
}

/** Everything that some schemas accept, without references and unions. */
export interface Shape {
  objects: ObjectShape[];
  /** The schemas of the entries of accepted lists. */
  elements: PublishedSchema[];
  /** Accepted types other than objects and lists. */
  types: Set<string>;
  /** Accepted texts and numbers; `undefined`: any of the types. */
  literals: Set<unknown> | undefined;
  /** Whether any value is accepted. */
  isOpen: boolean;
}

type Schemas = Readonly<Record<string, PublishedSchema>>;

/** Fields that identify the members of a union. */
const tags = ['type', 'role', 'object'];
export const isTag = (field: string): boolean => tags.includes(field);

const resolve = (schema: PublishedSchema, schemas: Schemas): PublishedSchema => {
  if (schema.$ref === undefined) return schema;
  const found = schemas[schema.$ref.split('/').at(-1) ?? ''];
  if (!found) throw new Error(`Unknown schema ${schema.$ref}.`);
  return resolve(found, schemas);
};

/** Merges all alternatives of some schemas. */
export function flatten(list: readonly PublishedSchema[], schemas: Schemas): Shape {
  const shape: Shape = { objects: [], elements: [], types: new Set(), literals: new Set(), isOpen: false };
  const leaf = (schema: PublishedSchema): void => {
    const literals = schema.enum ?? (schema.const === undefined ? undefined : [schema.const]);
    const types = schema.type === undefined ? literals?.map((value) => typeOf(value)) : [schema.type].flat();
    if (!types) shape.isOpen = true;
    for (const type of types ?? []) {
      if (type === 'object') shape.objects.push(toObject([schema], schemas));
      else if (type === 'array') shape.elements.push(schema.items ?? {});
      else shape.types.add(type);
    }
    const isScalar = types?.some((type) => !['object', 'array', 'null'].includes(type));
    if (!isScalar) return;
    if (!literals) shape.literals = undefined;
    else for (const value of literals) shape.literals?.add(value);
  };
  const visit = (schema: PublishedSchema): void => {
    const found = resolve(schema, schemas);
    const branches = found.anyOf ?? found.oneOf;
    if (branches) branches.forEach(visit);
    else if (found.allOf) visitParts(found.allOf.map((part) => resolve(part, schemas)));
    else if (found.properties && found.type === undefined) shape.objects.push(toObject([found], schemas));
    else leaf(found);
  };
  /** Parts of an object are merged; of any other type only the first counts. */
  const visitParts = (parts: PublishedSchema[]): void => {
    if (parts.some(({ properties, allOf }) => properties ?? allOf)) shape.objects.push(toObject(parts, schemas));
    else parts.slice(0, 1).forEach(visit);
  };
  list.forEach(visit);
  return shape;
}

const typeOf = (value: unknown): string => (value === null ? 'null' : typeof value);

function toObject(list: readonly PublishedSchema[], schemas: Schemas): ObjectShape {
  const shape: ObjectShape = { parts: [], required: new Set(), properties: new Map() };
  const add = (schema: PublishedSchema): void => {
    const part = resolve(schema, schemas);
    part.allOf?.forEach(add);
    shape.parts.push(part);
    for (const name of part.required ?? []) shape.required.add(name);
    for (const [name, child] of Object.entries(part.properties ?? {})) {
      shape.properties.set(name, [...(shape.properties.get(name) ?? []), child]);
    }
  };
  list.forEach(add);
  return shape;
}

/** Returns the values of a tag; `undefined`: any, or none. */
function tagValues(shape: ObjectShape, tag: string, schemas: Schemas): Set<unknown> | undefined {
  const schema = shape.properties.get(tag);
  if (!schema) return undefined;
  const { literals, isOpen } = flatten(schema, schemas);
  return isOpen ? undefined : literals;
}

/** Whether a value has the tags of a kind of object. */
export function fits(shape: ObjectShape, value: Record<string, unknown>, schemas: Schemas): boolean {
  return tags.every((tag) => value[tag] === undefined || (tagValues(shape, tag, schemas)?.has(value[tag]) ?? true));
}

/** Whether two kinds of objects may be the same: no tag contradicts, and they have a field in common. */
export function match(one: ObjectShape, ownSchemas: Schemas, other: ObjectShape, otherSchemas: Schemas): boolean {
  const names = [...one.properties.keys()];
  const isAlike = other.properties.size === 0 || names.some((name) => other.properties.has(name));
  return (
    isAlike &&
    tags.every((tag) => {
      const values = tagValues(one, tag, ownSchemas);
      const others = tagValues(other, tag, otherSchemas);
      return !values || !others || values.size === 0 || others.size === 0 || !values.isDisjointFrom(others);
    })
  );
}
