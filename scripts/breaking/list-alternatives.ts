import type { Schema } from '../../src/contract/schema.ts';
import { type ContractDocument, resolve } from './document.ts';

/** One alternative of a value: a single type and, for objects, the literals of their tags. */
export interface Alternative {
  /** Identifies the alternative across documents: `string`, `object type=message role=user`. */
  key: string;
  schema: Schema;
  /** The name of its schema in `components`. */
  name: string | undefined;
}

const tags = ['type', 'role'];

/** Lists the alternatives of a schema, through references and unions. */
export function listAlternatives(document: ContractDocument, schema: Schema, owner?: string): Alternative[] {
  const { target, name = owner } = resolve(document, schema);
  if (target.allOf) return listAlternatives(document, merge(document, target.allOf), name);
  const members = target.anyOf ?? target.oneOf;
  if (members) return members.flatMap((member) => listAlternatives(document, member, name));
  return typesOf(target)
    .flatMap((type) => (type === 'object' ? tagKeys(document, target) : [type]))
    .map((key) => ({ key, schema: target, name }));
}

function typesOf({ type, properties, const: literal, enum: literals }: Schema): string[] {
  if (type !== undefined) return [type].flat();
  if (properties) return ['object'];
  const known = literals ?? (literal === undefined ? [] : [literal]);
  return known.length > 0 ? [...new Set(known.map((value) => (value === null ? 'null' : typeof value)))] : ['any'];
}

/**
 * Returns one key per combination of the tags' literals, so a new literal is a new alternative. `*` stands for the tags
 * that no other member of a union has.
 */
function tagKeys(document: ContractDocument, schema: Schema): string[] {
  let keys = ['object'];
  for (const tag of tags) {
    const property = schema.properties?.[tag];
    const members = property ? listAlternatives(document, property) : [];
    const literals = new Set(members.flatMap(({ schema }) => (schema.not ? ['*'] : (literalsOf(schema) ?? []))));
    // A nullable tag is an optional tag.
    literals.delete(null);
    if (literals.size > 0) keys = keys.flatMap((key) => [...literals].map((literal) => `${key} ${tag}=${literal}`));
  }
  return keys;
}

export function literalsOf({ const: literal, enum: literals }: Schema): unknown[] | undefined {
  return literal === undefined ? literals : [literal];
}

const merged = new WeakMap<Schema[], Schema>();

/** Merges the schemas of an `allOf`. Returns the same object each time, so that recursive schemas terminate. */
function merge(document: ContractDocument, parts: Schema[]): Schema {
  const known = merged.get(parts);
  if (known) return known;
  const schemas = parts.map((part) => resolve(document, part).target);
  const whole: Schema = {
    ...Object.assign({}, ...schemas),
    properties: Object.assign({}, ...schemas.map(({ properties }) => properties)),
    required: schemas.flatMap(({ required = [] }) => required),
  };
  merged.set(parts, whole);
  return whole;
}
