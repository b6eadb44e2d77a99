import type { HeaderObject, MediaType, OpenApiDocument, OperationObject, ResponseObject } from './document.ts';
import type { Schema } from './schema.ts';

type Visit<Part> = (part: Part) => void;

/** Visits every schema of a document, nested ones included. Does not follow references. */
export function visitSchemas(document: OpenApiDocument, visit: Visit<Schema>): void {
  const { schemas, parameters = {}, headers = {} } = document.components;
  for (const schema of Object.values(schemas)) visitSchema(schema, visit);
  const operations = operationsOf(document);
  const placed = [
    ...Object.values(parameters),
    ...operations.flatMap(({ parameters: own = [] }) => own),
    ...Object.values(headers),
    ...responsesOf(document).flatMap(headersOf),
  ];
  for (const { schema } of placed) if (schema) visitSchema(schema, visit);
  visitMediaTypes(document, ({ schema, 'x-event-schema': event }) => {
    if (schema) visitSchema(schema, visit);
    if (event) visitSchema(event, visit);
  });
}

/** Visits the media types of all request bodies and replies of a document. */
export function visitMediaTypes(document: OpenApiDocument, visit: Visit<MediaType>): void {
  const bodies = operationsOf(document).flatMap(({ requestBody }) => (requestBody ? [requestBody] : []));
  for (const { content = {} } of [...responsesOf(document), ...bodies]) Object.values(content).forEach(visit);
}

const responsesOf = (document: OpenApiDocument): ResponseObject[] => [
  ...Object.values(document.components.responses ?? {}),
  ...operationsOf(document).flatMap(({ responses }) => Object.values(responses)),
];

const headersOf = ({ headers = {} }: ResponseObject): HeaderObject[] => Object.values(headers);

const operationsOf = ({ paths, webhooks = {} }: OpenApiDocument): OperationObject[] =>
  [...Object.values(paths), ...Object.values(webhooks)].flatMap(({ get, post, delete: remove }) =>
    [get, post, remove].filter((each) => each !== undefined),
  );

function visitSchema(schema: Schema, visit: Visit<Schema>): void {
  visit(schema);
  for (const list of [schema.anyOf, schema.oneOf, schema.allOf])
    for (const child of list ?? []) visitSchema(child, visit);
  for (const property of Object.values(schema.properties ?? {})) visitSchema(property, visit);
  for (const child of [schema.items, schema.additionalProperties, schema.propertyNames, schema.not]) {
    if (typeof child === 'object') visitSchema(child, visit);
  }
}
