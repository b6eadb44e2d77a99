/** The keywords of JSON Schema 2020-12 that the contract uses. */
export interface Schema {
  $ref?: string;
  description?: string;
  deprecated?: boolean;
  type?: string | string[];
  const?: unknown;
  enum?: unknown[];
  /** Describes the values of `enum`. */
  'x-enumDescriptions'?: Record<string, string>;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  /** In a member of a union: what the member is not meant for. */
  not?: Schema;
  /** Only in the copy for our own validator: see `dispatchKeyword`. */
  dispatch?: Schema[];
  dispatchOn?: { tag: string; values: (string | null)[] };
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: Schema | boolean;
  propertyNames?: Schema;
  minProperties?: number;
  maxProperties?: number;
  items?: Schema;
  minItems?: number;
  maxItems?: number;
  minLength?: number;
  maxLength?: number;
  pattern?: string;
  minimum?: number;
  maximum?: number;
  default?: unknown;
  discriminator?: unknown;
  example?: unknown;
  examples?: unknown;
}
