import type { Schema } from './schema.ts';

export interface MediaType {
  schema?: Schema;
  example?: unknown;
  examples?: unknown;
}

export interface ParameterObject {
  name?: string;
  in?: string;
  schema?: Schema;
  $ref?: string;
}

export interface OperationObject {
  operationId: string;
  security?: unknown[];
  parameters?: ParameterObject[];
  requestBody?: { required?: boolean; content: Record<string, MediaType> };
  responses: Record<string, ResponseObject>;
}

export interface ResponseObject {
  $ref?: string;
  content?: Record<string, MediaType>;
  headers?: Record<string, unknown>;
}

/** The parts of an OpenAPI 3.1 document that the server reads. */
export interface OpenApiDocument {
  openapi: string;
  info: { title: string; version: string };
  paths: Record<string, { get?: OperationObject; post?: OperationObject; delete?: OperationObject }>;
  components: {
    schemas: Record<string, Schema>;
    responses?: Record<string, ResponseObject>;
    parameters?: Record<string, ParameterObject>;
  };
}

/**
 * A copy for the validators, without what would make them change or refuse a sound request: schema `default`s (the
 * validator would write them into the body, and they would travel upstream as if the client had sent them) and
 * `discriminator`s (Ajv refuses their `mapping`; the tags are `const`, which says the same). Only schemas are touched:
 * `default` is also a response key and may be the name of a property.
 */
export function prepareDocument(document: OpenApiDocument): OpenApiDocument {
  const copy = structuredClone(document);
  Object.values(copy.components.schemas).forEach(prepareSchema);
  Object.values(copy.components.parameters ?? {}).forEach(prepareParameter);
  Object.values(copy.components.responses ?? {}).forEach(prepareContent);
  for (const item of Object.values(copy.paths)) {
    for (const operation of [item.get, item.post, item.delete]) {
      if (!operation) continue;
      operation.parameters?.forEach(prepareParameter);
      if (operation.requestBody) prepareContent(operation.requestBody);
      Object.values(operation.responses).forEach(prepareContent);
    }
  }
  return copy;
}

function prepareParameter(parameter: ParameterObject): void {
  if (parameter.schema) prepareSchema(parameter.schema);
}

function prepareContent(holder: { content?: Record<string, MediaType> }): void {
  for (const media of Object.values(holder.content ?? {})) {
    delete media.example;
    delete media.examples;
    if (media.schema) prepareSchema(media.schema);
  }
}

function prepareSchema(schema: Schema): void {
  delete schema.default;
  delete schema.discriminator;
  delete schema.example;
  delete schema.examples;
  for (const list of [schema.anyOf, schema.oneOf, schema.allOf]) list?.forEach(prepareSchema);
  for (const property of Object.values(schema.properties ?? {})) prepareSchema(property);
  for (const child of [schema.items, schema.additionalProperties, schema.propertyNames, schema.not]) {
    if (typeof child === 'object') prepareSchema(child);
  }
}
