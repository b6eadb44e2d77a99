/** The kind of a keyword's value. */
export type KeywordKind =
  | 'schema'
  | 'schemas'
  | 'schema-map'
  | 'dependencies'
  | 'reference'
  | 'type'
  | 'enum'
  | 'any'
  | 'list'
  | 'number'
  | 'positive'
  | 'count'
  | 'flag'
  | 'text'
  | 'pattern'
  | 'names'
  | 'names-map';

export interface Keyword {
  kind: KeywordKind;
  /** Whether its subschemas apply to the same value as the schema, not to a part of it. */
  inPlace?: true;
  /** Whether it only contains definitions or annotations, and has no effect on a check. */
  silent?: true;
}

const silent = true;
const inPlace = true;

/**
 * The keywords of draft 2020-12, and those of older drafts in its meta-schema. Other keywords are dropped before a
 * schema is applied, including extensions of validators (`$async`, `discriminator`, `$data`).
 */
export const keywords: ReadonlyMap<string, Keyword> = new Map<string, Keyword>([
  ['$ref', { kind: 'reference' }],
  ['$dynamicRef', { kind: 'reference' }],
  ['$defs', { kind: 'schema-map', silent }],
  ['definitions', { kind: 'schema-map', silent }],
  ['$comment', { kind: 'text', silent }],
  ['allOf', { kind: 'schemas', inPlace }],
  ['anyOf', { kind: 'schemas', inPlace }],
  ['oneOf', { kind: 'schemas', inPlace }],
  ['not', { kind: 'schema', inPlace }],
  ['if', { kind: 'schema', inPlace }],
  ['then', { kind: 'schema', inPlace }],
  ['else', { kind: 'schema', inPlace }],
  ['dependentSchemas', { kind: 'schema-map', inPlace }],
  ['dependencies', { kind: 'dependencies', inPlace }],
  ['properties', { kind: 'schema-map' }],
  ['patternProperties', { kind: 'schema-map' }],
  ['additionalProperties', { kind: 'schema' }],
  ['unevaluatedProperties', { kind: 'schema' }],
  ['propertyNames', { kind: 'schema' }],
  ['prefixItems', { kind: 'schemas' }],
  ['items', { kind: 'schema' }],
  ['unevaluatedItems', { kind: 'schema' }],
  ['contains', { kind: 'schema' }],
  ['contentSchema', { kind: 'schema', silent }],
  ['type', { kind: 'type' }],
  ['enum', { kind: 'enum' }],
  ['const', { kind: 'any' }],
  ['multipleOf', { kind: 'positive' }],
  ['minimum', { kind: 'number' }],
  ['maximum', { kind: 'number' }],
  ['exclusiveMinimum', { kind: 'number' }],
  ['exclusiveMaximum', { kind: 'number' }],
  ['minLength', { kind: 'count' }],
  ['maxLength', { kind: 'count' }],
  ['pattern', { kind: 'pattern' }],
  ['minItems', { kind: 'count' }],
  ['maxItems', { kind: 'count' }],
  ['uniqueItems', { kind: 'flag' }],
  ['minContains', { kind: 'count' }],
  ['maxContains', { kind: 'count' }],
  ['minProperties', { kind: 'count' }],
  ['maxProperties', { kind: 'count' }],
  ['required', { kind: 'names' }],
  ['dependentRequired', { kind: 'names-map' }],
  ['title', { kind: 'text', silent }],
  ['description', { kind: 'text', silent }],
  ['format', { kind: 'text', silent }],
  ['deprecated', { kind: 'flag', silent }],
  ['readOnly', { kind: 'flag', silent }],
  ['writeOnly', { kind: 'flag', silent }],
  ['examples', { kind: 'list', silent }],
  ['contentEncoding', { kind: 'text', silent }],
  ['contentMediaType', { kind: 'text', silent }],
]);

/** A subschema and its path within its parent schema. */
export interface Subschema {
  schema: unknown;
  path: string[];
}

/** Lists the subschemas in the value of a keyword; none when the value has the wrong type. */
export function listSubschemas(name: string, { kind }: Keyword, value: unknown): Subschema[] {
  if (kind === 'schema') return [{ schema: value, path: [name] }];
  if (kind !== 'schemas' && kind !== 'schema-map' && kind !== 'dependencies') return [];
  if (typeof value !== 'object' || value === null || (kind === 'schemas') !== Array.isArray(value)) return [];
  const members = Object.entries(value).map(([key, schema]) => ({ schema, path: [name, key] }));
  return kind === 'dependencies' ? members.filter(({ schema }) => !Array.isArray(schema)) : members;
}
