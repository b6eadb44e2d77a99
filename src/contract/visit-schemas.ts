import type { MediaType, OpenApiDocument, OperationObject } from './document.ts';
import type { Schema } from './schema.ts';

type Visit<Part> = (part: Part) => void;

/** Visits every schema of a document, nested ones included. Does not follow references. */
export function visitSchemas(document: OpenApiDocument, visit: Visit<Schema>): void {
  const { schemas, parameters = {} } = document.components;
  for (const schema of Object.values(schemas)) visitSchema(schema, visit);
  for (const { schema } of [...Object.values(parameters), ...operationsOf(document).flatMap(parametersOf)]) {
    if (schema) visitSchema(schema, visit);
  }
  visitMediaTypes(document, ({ schema }) => {
    if (schema) visitSchema(schema, visit);
  });
}

/** Visits the media types of all request bodies and replies of a document. */
export function visitMediaTypes(document: OpenApiDocument, visit: Visit<MediaType>): void {
  const bodies = operationsOf(document).flatMap(({ requestBody, responses }) => [
    ...(requestBody ? [requestBody] : []),
    ...Object.values(responses),
  ]);
  for (const { content = {} } of [...Object.values(document.components.responses ?? {}), ...bodies]) {
    Object.values(content).forEach(visit);
  }
}

const operationsOf = ({ paths }: OpenApiDocument): OperationObject[] =>
  Object.values(paths).flatMap(({ get, post, delete: remove }) =>
    [get, post, remove].filter((each) => each !== undefined),
  );

const parametersOf = ({ parameters = [] }: OperationObject) => parameters;

function visitSchema(schema: Schema, visit: Visit<Schema>): void {
  visit(schema);
  for (const list of [schema.anyOf, schema.oneOf, schema.allOf])
    for (const child of list ?? []) visitSchema(child, visit);
  for (const property of Object.values(schema.properties ?? {})) visitSchema(property, visit);
  for (const child of [schema.items, schema.additionalProperties, schema.propertyNames, schema.not]) {
    if (typeof child === 'object') visitSchema(child, visit);
  }
}
