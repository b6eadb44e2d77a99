import type { OpenAPIV3_1 as OpenApi } from 'openapi-types';
import type { Schema } from './schema.ts';

/** A part of an OpenAPI document, with the fields whose types this contract narrows. */
type Narrowed<Part, Fields> = Omit<Part, keyof Fields> & Fields;

/** A part of which the document may hold a reference instead. */
type Referable<Part, Fields> = Narrowed<Partial<Part & OpenApi.ReferenceObject>, Fields>;

type Content = Record<string, MediaType>;

export type MediaType = Narrowed<
  OpenApi.MediaTypeObject,
  {
    schema?: Schema;
    /** Of a `text/event-stream`: the schema of the JSON in one `data:` line. */
    'x-event-schema'?: Schema;
    /** Of OpenAPI 3.2. */
    itemSchema?: Schema;
  }
>;

export type HeaderObject = Referable<OpenApi.HeaderObject, { schema?: Schema }>;

/** An example. Of OpenAPI 3.2 is `serializedValue`. */
export type ExampleObject = OpenApi.ExampleObject & { serializedValue?: unknown; 'x-request'?: unknown };

export type ParameterObject = Referable<OpenApi.ParameterObject, { schema?: Schema }>;

export type ResponseObject = Referable<
  OpenApi.ResponseObject,
  { content?: Content; headers?: Record<string, HeaderObject> }
>;

export type OperationObject = Narrowed<
  OpenApi.OperationObject,
  {
    operationId: string;
    parameters?: ParameterObject[];
    requestBody?: Narrowed<OpenApi.RequestBodyObject, { content: Content }>;
    responses: Record<string, ResponseObject>;
  }
>;

type Methods = Partial<Record<'get' | 'put' | 'post' | 'delete', OperationObject>>;

/** The OpenAPI 3.1 document of the contract. */
export type OpenApiDocument = Narrowed<
  OpenApi.Document,
  {
    paths: Record<string, Methods>;
    webhooks?: Record<string, Methods>;
    components: {
      schemas: Record<string, Schema>;
      responses?: Record<string, ResponseObject>;
      parameters?: Record<string, ParameterObject>;
      headers?: Record<string, HeaderObject>;
      examples?: Record<string, ExampleObject>;
    };
  }
>;
