import type { Schema } from '../src/contract/schema.ts';

/** The fields that can distinguish the members of a union. */
const tags = ['type', 'role'] as const;

/**
 * Adds a `discriminator` to each `oneOf` whose members all require the same tag, each with its own literals. The
 * mapping names them in the order of the members. A member for all other values of the tag is left out of it.
 */
export function fillDiscriminators<Document extends { components: { schemas: Record<string, Schema> } }>(
  document: Document,
): Document {
  const copy = structuredClone(document);
  const { schemas } = copy.components;
  for (const schema of Object.values(schemas)) {
    for (const tag of tags) {
      const mapping = toMapping(schema.oneOf ?? [], tag);
      if (mapping) schema.discriminator = { propertyName: tag, mapping };
    }
  }
  return copy;

  function toMapping(members: Schema[], tag: string): Record<string, string> | undefined {
    const pairs = members.filter((member) => !isOpen(member, tag)).map((member) => listPairs(member, tag));
    if (pairs.length === 0 || !pairs.every((list) => list !== undefined)) return undefined;
    const mapping = Object.fromEntries(pairs.flat());
    return Object.keys(mapping).length === pairs.flat().length ? mapping : undefined;
  }

  /** Whether a member stands for every value of the tag that no other member has. */
  function isOpen(member: Schema, tag: string): boolean {
    return resolve(resolve(member).properties?.[tag] ?? {}).not !== undefined;
  }

  /** Returns each literal of a member's tag with the member's reference; `undefined` without such a tag. */
  function listPairs({ $ref }: Schema, tag: string): [literal: string, reference: string][] | undefined {
    if ($ref === undefined) return undefined;
    const { properties, required = [] } = resolve({ $ref });
    const literals = required.includes(tag) ? literalsOf(resolve(properties?.[tag] ?? {})) : undefined;
    return literals?.map((literal) => [String(literal), $ref]);
  }

  function resolve(schema: Schema): Schema {
    if (schema.$ref === undefined) return schema;
    const target = schemas[schema.$ref.slice('#/components/schemas/'.length)];
    if (!target) throw new Error(`${schema.$ref} doesn't exist.`);
    return resolve(target);
  }
}

function literalsOf({ const: literal, enum: literals }: Schema): unknown[] | undefined {
  return literal === undefined ? literals : [literal];
}
