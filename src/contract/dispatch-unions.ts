import type { OpenApiDocument } from './document.ts';
import type { Schema } from './schema.ts';
import { visitSchemas } from './visit-schemas.ts';

/** Fields that identify the members of the contract's unions. */
const tags = ['type', 'role'] as const;
/** With fewer members, trying each is as fast. */
const fewestMembers = 3;

interface Member {
  schema: Schema;
  /** The schema with its reference resolved. */
  resolved: Schema;
  /** Accepted values of the tag. Undefined: any value, or the member may be no object. */
  literals: (string | null)[] | undefined;
  /** Refused values of the tag: those of other members. */
  refused: readonly unknown[];
}

/**
 * Rewrites the unions of a document for `createDispatchKeyword`, so that a validator tries only the members that match a
 * value's tag, instead of all of them with an error for each. The same values stay valid. In a union without a tag,
 * members that are not objects come first, since they fail fast.
 */
export function dispatchUnions(document: OpenApiDocument): void {
  const resolve = (schema: Schema): Schema => {
    const found = schema.$ref === undefined ? schema : document.components.schemas[schema.$ref.split('/').at(-1) ?? ''];
    if (!found) throw new Error(`Unknown schema ${schema.$ref} in the contract.`);
    return found === schema ? schema : resolve(found);
  };
  // Rewrites wait until all unions are read, since a member may be a union itself.
  const rewrites: (() => void)[] = [];
  visitSchemas(document, (schema) => {
    const keyword = schema.anyOf ? 'anyOf' : 'oneOf';
    const members = schema[keyword];
    if (!members) return;
    const tag = tags.find((name) => members.filter((member) => literalsOf(member, name)).length >= fewestMembers);
    const resolved = members.map(
      (member): Member => ({
        schema: member,
        resolved: resolve(member),
        literals: tag === undefined ? undefined : literalsOf(member, tag),
        refused: tag === undefined ? [] : refusedBy(member, tag),
      }),
    );
    rewrites.push(() =>
      tag === undefined
        ? sortMembers(schema, keyword, resolved)
        : dispatch(schema, { keyword, tag, members: resolved }),
    );
  });
  for (const rewrite of rewrites) rewrite();

  function literalsOf(member: Schema, tag: string): (string | null)[] | undefined {
    const { type, properties } = resolve(member);
    const literals = type === 'object' && properties?.[tag] ? listLiterals(properties[tag]) : undefined;
    const words = literals?.filter((literal) => typeof literal === 'string' || literal === null);
    return words?.length === literals?.length ? words : undefined;
  }

  function refusedBy(member: Schema, tag: string): readonly unknown[] {
    return resolve(resolve(member).properties?.[tag] ?? {}).not?.enum ?? [];
  }

  function listLiterals(schema: Schema): unknown[] | undefined {
    const { const: literal, enum: literals, type, anyOf } = resolve(schema);
    if (literal !== undefined) return [literal];
    if (literals) return literals;
    if (type === 'null') return [null];
    const lists = anyOf?.map(listLiterals);
    return lists?.every((list) => list !== undefined) ? lists.flat() : undefined;
  }
}

interface Union {
  keyword: 'anyOf' | 'oneOf';
  tag: string;
  members: Member[];
}

function dispatch(schema: Schema, { keyword, tag, members }: Union): void {
  const values = [...new Set(members.flatMap(({ literals }) => literals ?? []))];
  const cases = values.map((value) =>
    members.filter(
      ({ literals, refused, resolved }) =>
        literals?.includes(value) ?? (mayBeObject(resolved) && !refused.includes(value)),
    ),
  );
  const others = members.filter(({ literals, resolved }) => !literals || !resolved.required?.includes(tag));
  delete schema[keyword];
  const rest = others.length > 0 ? toUnion(keyword, others) : tagged(tag, { enum: values });
  schema.dispatch = [...cases.map((fitting) => toUnion(keyword, fitting)), rest];
  schema.dispatchOn = { tag, values };
}

function sortMembers(schema: Schema, keyword: Union['keyword'], members: Member[]): void {
  const rank = ({ resolved }: Member): number => Number(mayBeObject(resolved));
  schema[keyword] = members.toSorted((one, other) => rank(one) - rank(other)).map((member) => member.schema);
}

function toUnion(keyword: Union['keyword'], members: Member[]): Schema {
  const [first, ...others] = members.map(({ schema }) => schema);
  return first && others.length === 0 ? first : { [keyword]: members.map(({ schema }) => schema) };
}

/** Accepts only objects whose tag has one of the values. */
const tagged = (tag: string, literals: Schema): Schema => ({
  type: 'object',
  required: [tag],
  properties: { [tag]: literals },
});

const mayBeObject = ({ type }: Schema): boolean => type === undefined || [type].flat().includes('object');
