import type { OpenApiDocument } from '../document.ts';
import type { Schema } from '../schema.ts';
import { visitSchemas } from '../visit-schemas.ts';

/** A schema of OpenAPI 3.0, or one of 3.1 that is being converted. */
interface Schema30 extends Omit<Schema, 'exclusiveMinimum' | 'exclusiveMaximum'> {
  nullable?: boolean;
  exclusiveMinimum?: boolean | number;
  exclusiveMaximum?: boolean | number;
}

/** Keywords of JSON Schema 2020-12 without a counterpart in OpenAPI 3.0. */
const unsupported = ['propertyNames', 'contentEncoding', 'contentMediaType', 'contentSchema'];

/** Converts a document to OpenAPI 3.0.3, as far as 3.0 can express it. Changes the document. */
export function toOpenApi30(document: OpenApiDocument): void {
  document.openapi = '3.0.3';
  delete document.webhooks;
  delete document.info.summary;
  delete document.info.license?.identifier;
  visitSchemas(document, convertTypes);
  visitSchemas(document, (schema) => convertNullMember(schema, document.components.schemas));
  visitSchemas(document, convertKeywords);
}

/** Converts a list of types: `null` becomes `nullable`, several other types a union. */
function convertTypes(schema: Schema30): void {
  if (!Array.isArray(schema.type)) return;
  const types = schema.type.filter((type) => type !== 'null');
  const isNullable = types.length < schema.type.length;
  const [only, ...others] = types;
  delete schema.type;
  if (others.length > 0) schema.anyOf = [...types, ...(isNullable ? ['null'] : [])].map((type) => ({ type }));
  else if (only !== undefined) Object.assign(schema, { type: only }, isNullable ? { nullable: true } : {});
}

/** Converts a union with null. `nullable` requires a type beside it: without a common one, null stays a member. */
function convertNullMember(schema: Schema30, schemas: Record<string, Schema30>): void {
  const members = schema.anyOf?.filter(({ type }) => type !== 'null');
  if (!members || members.length === schema.anyOf?.length) return;
  const [only, ...others] = members;
  const [type, ...otherTypes] = new Set(members.flatMap((member) => typesOf(member, schemas)));
  if (type === undefined || otherTypes.length > 0) {
    const none: Schema30 = { type: 'string', nullable: true, enum: [null] };
    schema.anyOf = [...members, none];
    return;
  }
  Object.assign(schema, { type, nullable: true });
  if (!only || others.length > 0) {
    schema.anyOf = members;
    return;
  }
  delete schema.anyOf;
  if (only.$ref === undefined) Object.assign(schema, { ...only, ...schema });
  else schema.allOf = [only];
}

/** Returns the types of a schema's values, through references and unions; nothing for any value. */
function typesOf(schema: Schema30, schemas: Record<string, Schema30>): (string | undefined)[] {
  const target = schema.$ref === undefined ? schema : schemas[schema.$ref.split('/').at(-1) ?? ''];
  if (!target) throw new Error(`${schema.$ref} doesn't exist.`);
  const members = target.anyOf ?? target.oneOf ?? target.allOf;
  if (target.$ref !== undefined) return typesOf(target, schemas);
  if (target.type !== undefined || !members) return [target.type].flat();
  return members.filter(({ type }) => type !== 'null').flatMap((member) => typesOf(member, schemas));
}

function convertKeywords(schema: Schema30): void {
  convertLiterals(schema);
  convertBound(schema, 'exclusiveMinimum', 'minimum');
  convertBound(schema, 'exclusiveMaximum', 'maximum');
  const [example] = schema.examples ?? [];
  if (example !== undefined) schema.example = example;
  delete schema.examples;
  for (const keyword of unsupported) Reflect.deleteProperty(schema, keyword);
  if (schema.type === 'array') schema.items ??= {};
  convertReference(schema);
}

function convertLiterals(schema: Schema30): void {
  if (schema.const !== undefined) {
    schema.enum = [schema.const];
    delete schema.const;
  }
  const [literal] = schema.enum ?? [];
  // Tools for 3.0 expect a type next to the values.
  if (typeof literal === 'string' || typeof literal === 'boolean') schema.type ??= typeof literal;
  if (schema.nullable && schema.enum && !schema.enum.includes(null)) schema.enum.push(null);
}

function convertBound(
  schema: Schema30,
  exclusive: 'exclusiveMinimum' | 'exclusiveMaximum',
  bound: 'minimum' | 'maximum',
): void {
  if (typeof schema[exclusive] !== 'number') return;
  schema[bound] = schema[exclusive];
  schema[exclusive] = true;
}

/** Converts a reference with keywords beside it, which 3.0 ignores. */
function convertReference(schema: Schema30): void {
  const { $ref, ...beside } = schema;
  if ($ref === undefined || Object.keys(beside).length === 0) return;
  delete schema.$ref;
  schema.allOf = [{ $ref }, ...(schema.allOf ?? [])];
}
