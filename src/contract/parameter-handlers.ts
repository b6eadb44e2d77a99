import type { RequestHandler } from 'express';
import { middleware } from 'express-openapi-validator';
import type { OpenApiDocument, ParameterObject } from './document.ts';
import type { Contract } from './load-contract.ts';
import type { Schema } from './schema.ts';

export type ParameterContract = Pick<Contract, 'prepared' | 'operations'>;

/**
 * Returns express-openapi-validator's handlers for the parameters in path and query. Values of the query get the types
 * of the contract; unknown parameters pass.
 */
export function createParameterHandlers(contract: ParameterContract): readonly RequestHandler[] {
  return middleware({
    // The library changes the document it receives. Its types are wider than ours.
    apiSpec: toParameterDocument(contract) as unknown as Parameters<typeof middleware>[0]['apiSpec'] & object,
    validateApiSpec: false,
    validateRequests: { allowUnknownQueryParameters: true, coerceTypes: false },
    validateResponses: false,
    validateSecurity: false,
    validateFormats: false,
    fileUploader: false,
    ignoreUndocumented: true,
  });
}

/**
 * Keeps what the library needs for parameters. For each request it compiles the pattern of every path it tries, and at
 * the start every schema it finds, those of replies too: that took a second.
 */
function toParameterDocument({ prepared, operations }: ParameterContract): OpenApiDocument {
  const paths: OpenApiDocument['paths'] = {};
  for (const { path, method, hasParameters } of operations) {
    const operation = prepared.paths[path]?.[method];
    if (!hasParameters || !operation) continue;
    const { requestBody: _, ...rest } = operation;
    const parameters = operation.parameters?.map(allowReserved);
    paths[path] = { ...paths[path], [method]: { ...rest, ...(parameters ? { parameters } : {}), responses: {} } };
  }
  const { schemas } = prepared.components;
  const shared = Object.entries(prepared.components.parameters ?? {});
  const parameters = Object.fromEntries(shared.map(([name, parameter]) => [name, allowReserved(parameter)]));
  const components = { parameters, schemas: keepReferenced(schemas, { paths, parameters }) };
  return structuredClone({ ...prepared, paths, components });
}

/** Lets `a,b` pass to the schema. The library refuses it as not encoded, which is no rule of a query. */
function allowReserved(parameter: ParameterObject): ParameterObject {
  return parameter.in === 'query' ? { ...parameter, allowReserved: true } : parameter;
}

/** Returns the schemas that a part of the document refers to, directly or through other schemas. */
function keepReferenced(schemas: Record<string, Schema>, part: unknown): Record<string, Schema> {
  const kept: Record<string, Schema> = {};
  const pending = [part];
  for (const next of pending) {
    for (const [, name = ''] of JSON.stringify(next).matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
      const schema = schemas[name];
      if (!schema || kept[name]) continue;
      kept[name] = schema;
      pending.push(schema);
    }
  }
  return kept;
}
