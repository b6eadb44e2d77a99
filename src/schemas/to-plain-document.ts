import { limits } from '../config/limits.ts';
import { isObject } from '../is-object.ts';
import { findFault, findPatternFault } from './check-keyword.ts';
import { type Keyword, keywords } from './keywords.ts';
import { type PlainDocument, type PlainSchema, rootReference, toReference } from './plain-schema.ts';
import { SchemaError } from './schema-error.ts';
import { SchemaIndex, type Target } from './schema-index.ts';

type Path = readonly (string | number)[];

/**
 * Reads a client's JSON Schema (2020-12) into its plainest form, once for each of its subschemas. Throws a SchemaError
 * when it is not a schema, has too many subschemas, or a reference that leads to no schema in it.
 */
export function toPlainDocument(schema: Record<string, unknown>): PlainDocument {
  return new SchemaReader(schema).read();
}

class SchemaReader {
  readonly #root: Record<string, unknown>;
  readonly #index: SchemaIndex;
  /** What references lead to, in the order they were met. */
  readonly #targets: Target[] = [];
  readonly #references = new Map<object, string>();
  #subschemas = 0;

  constructor(root: Record<string, unknown>) {
    this.#root = root;
    this.#index = new SchemaIndex(root);
    this.#references.set(root, rootReference);
  }

  read(): PlainDocument {
    const root = this.#read(this.#root, []);
    const definitions: PlainSchema[] = [];
    // A list that grows while it is walked also yields what was added.
    for (const { schema, path } of this.#targets) definitions.push(this.#read(schema, path));
    return { root, definitions };
  }

  #read(schema: unknown, path: Path): PlainSchema {
    this.#subschemas += 1;
    if (this.#subschemas > limits.schemaSubschemas) {
      throw new SchemaError(`it has more than ${limits.schemaSubschemas} subschemas`);
    }
    if (typeof schema === 'boolean') return schema;
    if (!isObject(schema)) throw new SchemaError('a schema must be an object or a boolean', path);
    const plain = new Map<string, unknown>();
    const references: string[] = [];
    for (const [name, value] of Object.entries(schema)) {
      const keyword = keywords.get(name);
      if (keyword === undefined) continue;
      const fault = findFault(keyword.kind, value);
      if (fault !== undefined) throw new SchemaError(`${name} ${fault}`, [...path, name]);
      if (keyword.kind === 'reference') references.push(this.#toReference(`${value}`, schema, [...path, name]));
      else if (name === '$defs' || name === 'definitions') this.#addDefinitions(Object(value), [...path, name]);
      else {
        const read = this.#readValue(name, keyword, value, [...path, name]);
        if (!keyword.silent) plain.set(name, read);
      }
    }
    addReferences(plain, references);
    // OpenAPI's way to allow null, which many generators use.
    if (schema['nullable'] === true && plain.has('type')) plain.set('type', withNull(plain.get('type')));
    return Object.fromEntries(plain);
  }

  #readValue(name: string, { kind }: Keyword, value: unknown, path: Path): unknown {
    switch (kind) {
      case 'schema':
        return this.#read(value, path);
      case 'schemas':
        return Array.from(Object(value), (member, index) => this.#read(member, [...path, index]));
      case 'schema-map':
      case 'dependencies':
        return Object.fromEntries(
          Object.entries(Object(value)).map(([key, member]) => {
            if (name === 'patternProperties') checkPattern(key, path);
            return [key, Array.isArray(member) ? member : this.#read(member, [...path, key])];
          }),
        );
      default:
        return value;
    }
  }

  #addDefinitions(schemas: Record<string, unknown>, path: Path): void {
    for (const [name, schema] of Object.entries(schemas)) this.#add({ schema, path: [...path, name] });
  }

  #toReference(reference: string, from: object, path: Path): string {
    return this.#add(this.#index.resolve(reference, from, path));
  }

  #add(target: Target): string {
    const { schema } = target;
    const known = isObject(schema) ? this.#references.get(schema) : undefined;
    if (known !== undefined) return known;
    const reference = toReference(this.#targets.push(target) - 1);
    if (isObject(schema)) this.#references.set(schema, reference);
    return reference;
  }
}

function checkPattern(pattern: string, path: Path): void {
  const fault = findPatternFault(pattern);
  if (fault !== undefined) throw new SchemaError(`a name in patternProperties ${fault}`, path);
}

/** `$ref` and `$dynamicRef` may stand side by side. */
function addReferences(plain: Map<string, unknown>, [first, second]: string[]): void {
  if (first !== undefined) plain.set('$ref', first);
  if (second === undefined) return;
  const allOf = plain.get('allOf');
  plain.set('allOf', [...(Array.isArray(allOf) ? allOf : []), { $ref: second }]);
}

const withNull = (type: unknown): unknown[] => [...new Set([...(Array.isArray(type) ? type : [type]), 'null'])];
