import type { Schema } from '../../src/contract/schema.ts';
import { type ContractDocument, resolve } from './document.ts';

/** One way in which a value may look: a single type, and for objects the literals of their tags. */
export interface Alternative {
  /** Alternatives of two documents with the same key are the same thing: `string`, `object type=message role=user`. */
  key: string;
  schema: Schema;
  /** Of the schema in `components` that it comes from. */
  name: string | undefined;
}

const tags = ['type', 'role'];

/** Every way in which a value of the schema may look, through references and unions. */
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

/** One key for each combination of the tags' literals, so that a new literal is a new alternative. */
function tagKeys(document: ContractDocument, schema: Schema): string[] {
  let keys = ['object'];
  for (const tag of tags) {
    const property = schema.properties?.[tag];
    const members = property ? listAlternatives(document, property) : [];
    const literals = new Set(members.flatMap(({ schema }) => literalsOf(schema) ?? []));
    // A tag that may be null is one that may be left out.
    literals.delete(null);
    if (literals.size > 0) keys = keys.flatMap((key) => [...literals].map((literal) => `${key} ${tag}=${literal}`));
  }
  return keys;
}

export function literalsOf({ const: literal, enum: literals }: Schema): unknown[] | undefined {
  return literal === undefined ? literals : [literal];
}

const merged = new WeakMap<Schema[], Schema>();

/** A schema that extends others, as one: the same one each time, so that what refers to itself comes to an end. */
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
