import type { Schema } from '../../src/contract/schema.ts';
import { type ContractDocument, type Operation, type Parameter, resolve } from '../breaking/document.ts';
import type { Root } from './roots.ts';

/** The properties of one kind of object. `undefined`: any. */
export type Properties = Readonly<Record<string, readonly Schema[]>> | undefined;

/** The alternatives that our contract accepts in one place, without references and unions. */
export interface Shape {
  /** Whether any value is accepted. */
  isOpen: boolean;
  /** Whether any text is accepted. */
  anyText: boolean;
  literals: Set<unknown>;
  /** The names of the accepted types. */
  types: Set<string>;
  /** The schemas of the elements of accepted arrays. */
  elements: Schema[];
  objects: Properties[];
}

/** Reads the shapes of a contract. An object schema always has the same `Properties`. */
export class ContractShapes {
  readonly #document: ContractDocument;
  readonly #objects = new WeakMap<Schema, Properties[]>();

  constructor(document: ContractDocument) {
    this.#document = document;
  }

  /** Merges the alternatives of several schemas. */
  of(schemas: readonly Schema[]): Shape {
    const literals = new Set<unknown>();
    const types = new Set<string>();
    const shape: Shape = { isOpen: false, anyText: false, literals, types, elements: [], objects: [] };
    for (const schema of schemas) this.#add(schema, shape);
    return shape;
  }

  /** Returns the schemas that a root names. Query parameters are the properties of one of them. */
  schemasOf({ schemas, queryOf }: Root): Schema[] {
    const named = schemas.map((name) => ({ $ref: `#/components/schemas/${name}` }));
    if (queryOf === undefined) return named;
    const parameters = this.#parametersOf(queryOf).map((parameter) => resolve(this.#document, parameter).target);
    const properties = Object.fromEntries(parameters.map(({ name, schema = {} }) => [name, schema]));
    return [{ allOf: [...named, { type: 'object', properties }] }];
  }

  #add(schema: Schema, shape: Shape): void {
    const { target } = resolve(this.#document, schema);
    const branches = target.anyOf ?? target.oneOf;
    if (branches) for (const branch of branches) this.#add(branch, shape);
    else if (this.#isForUnknownTypes(target)) return;
    else if (target.allOf || target.properties) shape.objects.push(...this.#objectsOf(target));
    else addLeaf(target, shape);
  }

  /** Whether a member of a union is for the types that the contract lacks: these must stay differences. */
  #isForUnknownTypes({ properties }: Schema): boolean {
    const tag = properties?.['type'];
    return tag !== undefined && 'not' in resolve(this.#document, tag).target;
  }

  /** Returns the alternatives of an object: every combination of those in its `allOf`. */
  #objectsOf(schema: Schema): Properties[] {
    const known = this.#objects.get(schema);
    if (known) return known;
    let objects: Properties[] = [toLists(schema.properties)];
    for (const part of schema.allOf ?? []) {
      const alternatives = this.of([part]).objects;
      objects = objects.flatMap((object) => alternatives.map((other) => ({ ...object, ...other })));
    }
    this.#objects.set(schema, objects);
    return objects;
  }

  #parametersOf(operationId: string): Parameter[] {
    for (const path of Object.values(this.#document.paths)) {
      for (const operation of Object.values(path)) {
        if ((operation as Partial<Operation>).operationId !== operationId) continue;
        return [...(path.parameters ?? []), ...((operation as Operation).parameters ?? [])];
      }
    }
    throw new Error(`The contract has no operation ${operationId}.`);
  }
}

const toLists = (properties: Schema['properties'] = {}): Properties =>
  Object.fromEntries(Object.entries(properties).map(([name, property]) => [name, [property]]));

function addLeaf(schema: Schema, shape: Shape): void {
  const values = schema.const === undefined ? schema.enum : [schema.const];
  for (const value of values ?? []) shape.literals.add(value);
  const types = [schema.type ?? []].flat();
  for (const type of types) shape.types.add(type);
  if (types.length === 0 && !values) shape.isOpen = true;
  if (types.includes('string') && !values) shape.anyText = true;
  if (types.includes('array')) shape.elements.push(schema.items ?? {});
  if (types.includes('object')) shape.objects.push(undefined);
}
