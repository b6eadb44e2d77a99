import type { MediaType, OpenApiDocument, ParameterObject } from './prepare-document.ts';
import type { Schema } from './schema.ts';

type Visit = (schema: Schema) => void;

/** Visits every schema of a document, those within others included; references are not followed. */
export function visitSchemas({ components, paths }: OpenApiDocument, visit: Visit): void {
  for (const schema of Object.values(components.schemas)) visitSchema(schema, visit);
  for (const parameter of Object.values(components.parameters ?? {})) visitParameter(parameter, visit);
  for (const response of Object.values(components.responses ?? {})) visitContent(response, visit);
  for (const item of Object.values(paths)) {
    for (const operation of [item.get, item.post, item.delete]) {
      if (!operation) continue;
      for (const parameter of operation.parameters ?? []) visitParameter(parameter, visit);
      if (operation.requestBody) visitContent(operation.requestBody, visit);
      for (const response of Object.values(operation.responses)) visitContent(response, visit);
    }
  }
}

function visitParameter({ schema }: ParameterObject, visit: Visit): void {
  if (schema) visitSchema(schema, visit);
}

function visitContent({ content = {} }: { content?: Record<string, MediaType> }, visit: Visit): void {
  for (const { schema } of Object.values(content)) if (schema) visitSchema(schema, visit);
}

function visitSchema(schema: Schema, visit: Visit): void {
  visit(schema);
  for (const list of [schema.anyOf, schema.oneOf, schema.allOf])
    for (const child of list ?? []) visitSchema(child, visit);
  for (const property of Object.values(schema.properties ?? {})) visitSchema(property, visit);
  for (const child of [schema.items, schema.additionalProperties, schema.propertyNames, schema.not]) {
    if (typeof child === 'object') visitSchema(child, visit);
  }
}
