import type { OpenAPIV3_1 as OpenApi } from 'openapi-types';

/** A schema of the contract, or a reference to one, with the keywords of JSON Schema 2020-12 that it uses. */
export interface Schema extends Omit<OpenApi.BaseSchemaObject, keyof Keywords>, Keywords {}

/** The keywords that the standard type lacks or types more widely. */
interface Keywords {
  $ref?: string;
  description?: string;
  deprecated?: boolean;
  type?: string | string[];
  const?: unknown;
  enum?: unknown[];
  /** Describes the values of `enum`. */
  'x-enumDescriptions'?: Record<string, string>;
  /** On a union of tagged objects: objects with other tags are valid too. See `openUnion`. */
  'x-open'?: boolean;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  /** Of a text that is a document: in OpenAPI 3.2 the JSON of an event. */
  contentSchema?: Schema;
  /** In a member of a union, or in its tag: values that belong to another member. */
  not?: Schema;
  /** Next to `not`: whether to refuse values that are one typing error away from those. */
  'x-refuse-misspelt'?: true;
  properties?: Record<string, Schema>;
  additionalProperties?: Schema | boolean;
  propertyNames?: Schema;
  items?: Schema;
  /** Only in the validators' copy: see `createDispatchKeyword`. */
  dispatch?: Schema[];
  dispatchOn?: { tag: string; values: (string | null)[] };
}
