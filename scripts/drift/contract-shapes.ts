import type { Schema } from '../../src/contract/schema.ts';
import { type ContractDocument, type Operation, type Parameter, resolve } from '../breaking/document.ts';
import type { Root } from './roots.ts';

/** What our contract accepts in one place: the alternatives of a schema, without references and unions. */
export interface Shape {
  /** Whether any value is accepted. */
  isOpen: boolean;
  /** Whether any text is accepted. */
  anyText: boolean;
  literals: Set<unknown>;
  /** The names of the accepted primitive types. */
  primitives: Set<string>;
  /** The schemas of the elements of accepted arrays. */
  elements: Schema[];
  /** The accepted kinds of objects. `undefined`: any properties. */
  objects: (Record<string, Schema[]> | undefined)[];
}

/** Merges the alternatives of several schemas. */
export function toShape(document: ContractDocument, schemas: readonly Schema[]): Shape {
  const shape: Shape = {
    isOpen: false,
    anyText: false,
    literals: new Set(),
    primitives: new Set(),
    elements: [],
    objects: [],
  };
  for (const schema of schemas) addSchema(document, schema, shape);
  return shape;
}

function addSchema(document: ContractDocument, schema: Schema, shape: Shape): void {
  const { target } = resolve(document, schema);
  const branches = target.anyOf ?? target.oneOf;
  if (branches) for (const branch of branches) addSchema(document, branch, shape);
  else if (target.allOf || target.properties) shape.objects.push(propertiesOf(document, target));
  else addLeaf(target, shape);
}

function addLeaf(schema: Schema, shape: Shape): void {
  if (schema.const !== undefined) shape.literals.add(schema.const);
  for (const value of schema.enum ?? []) shape.literals.add(value);
  const types = [schema.type ?? []].flat();
  for (const type of types) shape.primitives.add(type);
  if (types.length === 0 && schema.const === undefined && !schema.enum) shape.isOpen = true;
  if (types.includes('string') && schema.const === undefined && !schema.enum) shape.anyText = true;
  if (types.includes('array')) shape.elements.push(schema.items ?? {});
  if (types.includes('object')) shape.objects.push(undefined);
}

/** Returns the properties of an object, those of its `allOf` included. */
function propertiesOf(document: ContractDocument, schema: Schema): Record<string, Schema[]> {
  const found: Record<string, Schema[]> = {};
  const parts = [schema, ...(schema.allOf ?? []).map((part) => resolve(document, part).target)];
  for (const part of parts) {
    const properties = part === schema ? (part.properties ?? {}) : propertiesOf(document, part);
    for (const [name, property] of Object.entries(properties)) {
      found[name] = [...(found[name] ?? []), ...[property].flat()];
    }
  }
  return found;
}

/** Returns the schemas that a root names. Query parameters are the properties of one of them. */
export function schemasOf(document: ContractDocument, { schemas, queryOf }: Root): Schema[] {
  const named = schemas.map((name) => ({ $ref: `#/components/schemas/${name}` }));
  if (queryOf === undefined) return named;
  const parameters = parametersOf(document, queryOf)
    .map((parameter) => resolve(document, parameter).target)
    .map(({ name, schema = {} }) => [name, schema] as const);
  const query: Schema = { type: 'object', properties: Object.fromEntries(parameters) };
  return [{ allOf: [...named, query] }];
}

function parametersOf(document: ContractDocument, operationId: string): Parameter[] {
  for (const path of Object.values(document.paths)) {
    for (const operation of Object.values(path)) {
      if ((operation as Partial<Operation>).operationId !== operationId) continue;
      return [...(path.parameters ?? []), ...((operation as Operation).parameters ?? [])];
    }
  }
  throw new Error(`The contract has no operation ${operationId}.`);
}
