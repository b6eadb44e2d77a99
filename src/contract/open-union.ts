import type { OpenApiDocument } from './document.ts';
import type { Schema } from './schema.ts';

/**
 * Adds to a union with `x-open` a member for objects of every other type. The published contract lists the known types
 * alone: a member for any type would hide them from generated clients.
 */
export function openUnion(schema: Schema, { components }: OpenApiDocument): void {
  if (!schema['x-open'] || !schema.oneOf) return;
  const known = schema.oneOf.flatMap(({ $ref = '' }) => typesOf(components.schemas[$ref.split('/').at(-1) ?? '']));
  schema.oneOf.push({
    type: 'object',
    required: ['type'],
    properties: { type: { type: 'string', not: { enum: known } } },
  });
}

function typesOf(member: Schema | undefined): unknown[] {
  const tag = member?.properties?.['type'];
  return tag?.enum ?? [tag?.const];
}
