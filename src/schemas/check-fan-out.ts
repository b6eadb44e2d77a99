import { limits } from '../config/limits.ts';
import { keywords, listSubschemas } from './keywords.ts';
import { findDefinition, type PlainDocument, type PlainSchema } from './plain-schema.ts';
import { SchemaError } from './schema-error.ts';

/**
 * Throws a SchemaError when one value may be checked against too many schemas, because references multiply at every
 * step, or against infinitely many, because a reference leads back to its own schema for the same value. A schema that
 * refers to itself for a part of the value, such as a tree, is valid.
 */
export function checkFanOut(document: PlainDocument): void {
  const walk = new FanOutWalk(document);
  for (const schema of [document.root, ...document.definitions]) walk.measureAll(schema);
}

/** The cost of checking one value against a schema. */
interface Cost {
  /** Number of schemas that apply to the value. */
  schemas: number;
  /** Length of the longest chain of nested or referenced schemas. */
  depth: number;
}

class FanOutWalk {
  readonly #document: PlainDocument;
  /** The cost of each measured schema. `undefined` while it is being measured. */
  readonly #costs = new Map<PlainSchema, Cost | undefined>();
  #depth = 0;

  constructor(document: PlainDocument) {
    this.#document = document;
  }

  measureAll(schema: PlainSchema): void {
    const parts = [schema];
    for (const part of parts) {
      this.#measure(part);
      // Schemas for parts of the value are measured separately: the bound applies to each single value.
      for (const { member } of listMembers(part)) parts.push(member);
    }
  }

  /** Measures a schema once, so the walk is linear. */
  #measure(schema: PlainSchema): Cost {
    if (typeof schema === 'boolean') return { schemas: 1, depth: 1 };
    const known = this.#costs.get(schema);
    if (known !== undefined) return known;
    if (this.#costs.has(schema)) throw new SchemaError('it has a reference that leads back to its own schema');
    this.#costs.set(schema, undefined);
    this.#depth += 1;
    checkDepth(this.#depth);
    const cost = { schemas: 1, depth: 0 };
    for (const member of this.#listInPlace(schema)) {
      const { schemas, depth } = this.#measure(member);
      cost.schemas += schemas;
      cost.depth = Math.max(cost.depth, depth);
      if (cost.schemas > limits.schemaFanOut) {
        throw new SchemaError(`it checks one value against more than ${limits.schemaFanOut} schemas`);
      }
    }
    cost.depth += 1;
    checkDepth(cost.depth);
    this.#depth -= 1;
    this.#costs.set(schema, cost);
    return cost;
  }

  #listInPlace(schema: PlainSchema & object): PlainSchema[] {
    const members = listMembers(schema).flatMap(({ member, inPlace }) => (inPlace ? [member] : []));
    return schema['$ref'] === undefined ? members : [...members, findDefinition(this.#document, schema['$ref'])];
  }
}

function checkDepth(depth: number): void {
  if (depth <= limits.schemaReferenceDepth) return;
  throw new SchemaError(`a chain of its references has more than ${limits.schemaReferenceDepth} steps`);
}

interface Member {
  member: PlainSchema;
  /** Whether the member applies to the same value. */
  inPlace: boolean;
}

function listMembers(schema: PlainSchema): Member[] {
  return Object.entries(schema).flatMap(([name, value]) => {
    const keyword = keywords.get(name);
    if (keyword === undefined) return [];
    const inPlace = keyword.inPlace === true;
    return listSubschemas(name, keyword, value).map(({ schema: member }) => ({
      member: member as PlainSchema,
      inPlace,
    }));
  });
}
