import type { OpenApiDocument } from '../document.ts';
import type { Schema } from '../schema.ts';
import { visitSchemas } from '../visit-schemas.ts';
import { unifyErrors } from './unify-errors.ts';

/**
 * Loosens a document for generators of clients. Changes the document.
 *
 * - A union of an object with a string or a list, which few generators support, becomes any JSON. Unions of objects
 *   stay.
 * - Defaults are omitted: some generators take a field with a default for a required one.
 * - Bounds that JavaScript can't represent are omitted: rounded, they exceed an int64.
 * - A reply has one media type, JSON: no generator pairs a second one with `stream`. The types of the events stay.
 * - The errors of an operation have one type, and statuses of their own: some generators take a `default` for a reply
 *   of the type of a 200.
 * - An enum whose values differ in punctuation only becomes text: generators make the same name of them.
 * - Objects in the query become strings.
 * - Webhooks are omitted: a client doesn't receive them. The types of their events stay.
 */
export function loosenForGenerators(document: OpenApiDocument): void {
  delete document.webhooks;
  for (const schema of listOpenSchemas(document)) {
    for (const key of Object.keys(schema)) if (key !== 'description') Reflect.deleteProperty(schema, key);
  }
  visitSchemas(document, (schema) => {
    delete schema.not;
    delete schema.default;
    if (isRounded(schema.minimum)) delete schema.minimum;
    if (isRounded(schema.maximum)) delete schema.maximum;
    if (schema.enum && namesCollide(schema.enum)) delete schema.enum;
  });
  for (const parameter of Object.values(document.components.parameters ?? {})) {
    if (parameter.style !== 'deepObject') continue;
    delete parameter.style;
    delete parameter.explode;
    delete parameter.example;
    parameter.schema = { type: 'string' };
  }
  leaveJson(document);
  unifyErrors(document);
}

const isRounded = (bound: number | undefined): boolean => Math.abs(bound ?? 0) > Number.MAX_SAFE_INTEGER;

/** Whether generators make the same name of two values. */
function namesCollide(values: readonly unknown[]): boolean {
  const names = values.map((value) =>
    String(value)
      .toLowerCase()
      .replaceAll(/[^a-z\d]/g, ''),
  );
  return names.every(Boolean) && new Set(names).size < names.length;
}

/** Lists the schemas that some generators don't support, or that refer to one. */
function listOpenSchemas(document: OpenApiDocument): Set<Schema> {
  const { schemas } = document.components;
  const open = new Set<Schema>();
  const nulls = new Set<Schema>();
  visitSchemas(document, (schema) => {
    for (const member of schema.anyOf ?? []) if (member.type === 'null') nulls.add(member);
    // Every generator supports a value or null.
    if (!nulls.has(schema) && isOpen(schema)) open.add(schema);
  });
  return open;

  function isOpen(schema: Schema): boolean {
    if (schema.type === 'null') return true;
    const target = resolve(schema);
    // Some generators merge the members of an `allOf`, which a union does not survive.
    if (target.allOf?.some(isUnion)) return true;
    const members = (target.anyOf ?? target.oneOf ?? []).filter((member) => member.type !== 'null');
    return members.length > 1 ? !members.every(isObject) : members.some(isOpen);
  }

  function isUnion(schema: Schema): boolean {
    const { anyOf, oneOf } = resolve(schema);
    return (anyOf ?? oneOf) !== undefined;
  }

  function isObject(schema: Schema): boolean {
    const target = resolve(schema);
    const members = target.anyOf ?? target.oneOf;
    return members ? members.every(isObject) : target.properties !== undefined;
  }

  function resolve(schema: Schema): Schema {
    const name = schema.$ref?.split('/').at(-1);
    return name === undefined ? schema : resolve(schemas[name] ?? {});
  }
}

function leaveJson({ paths }: OpenApiDocument): void {
  const operations = Object.values(paths).flatMap(({ get, post }) => [get, post]);
  for (const operation of operations) {
    for (const { content } of Object.values(operation?.responses ?? {})) delete content?.['text/event-stream'];
  }
}
