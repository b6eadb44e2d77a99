import { limits } from '../config/limits.ts';
import { isObject } from '../json/is-object.ts';
import { findFault, findPatternFault } from './check-keyword.ts';
import { type DynamicScope, DynamicScopes } from './dynamic-scopes.ts';
import { type Keyword, keywords } from './keywords.ts';
import { type PlainDocument, type PlainSchema, rootReference, toReference } from './plain-schema.ts';
import { SchemaError } from './schema-error.ts';
import { SchemaIndex, type Target } from './schema-index.ts';

type Path = readonly (string | number)[];

/** Where a schema is read: its location in the document, and what its dynamic references lead to. */
interface Place {
  path: Path;
  scope: DynamicScope;
}

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
  readonly #scopes: DynamicScopes;
  /** Targets of references, in the order in which they were found. */
  readonly #targets: (Place & { schema: unknown })[] = [];
  #subschemas = 0;

  constructor(root: Record<string, unknown>) {
    this.#root = root;
    this.#index = new SchemaIndex(root);
    this.#scopes = new DynamicScopes(this.#index);
  }

  read(): PlainDocument {
    const scope = this.#scopes.enter(this.#scopes.outermost, this.#root);
    scope.references.set(this.#root, rootReference);
    const root = this.#read(this.#root, { path: [], scope });
    const definitions: PlainSchema[] = [];
    // A list that grows while it is walked also yields what was added.
    for (const { schema, ...place } of this.#targets) definitions.push(this.#read(schema, place));
    return { root, definitions };
  }

  #read(schema: unknown, { path, scope: outer }: Place): PlainSchema {
    this.#subschemas += 1;
    if (this.#subschemas > limits.schemaSubschemas) {
      throw new SchemaError(`it has more than ${limits.schemaSubschemas} subschemas`);
    }
    if (typeof schema === 'boolean') return schema;
    if (!isObject(schema)) throw new SchemaError('a schema must be an object or a boolean', path);
    const scope = this.#scopes.enter(outer, schema);
    const plain = new Map<string, unknown>();
    const references: string[] = [];
    for (const [name, value] of Object.entries(schema)) {
      const keyword = keywords.get(name);
      if (keyword === undefined) continue;
      const place = { path: [...path, name], scope };
      const fault = findFault(keyword.kind, value);
      if (fault !== undefined) throw new SchemaError(`${name} ${fault}`, place.path);
      if (keyword.kind === 'reference') references.push(this.#toReference(name, schema, place));
      else if (name === '$defs' || name === 'definitions') this.#addDefinitions(Object(value), place);
      else {
        const read = this.#readValue(name, keyword, value, place);
        if (!keyword.silent) plain.set(name, read);
      }
    }
    addReferences(plain, references);
    // OpenAPI's way to allow null, which many generators use.
    if (schema['nullable'] === true && plain.has('type')) plain.set('type', withNull(plain.get('type')));
    return Object.fromEntries(plain);
  }

  #readValue(name: string, { kind }: Keyword, value: unknown, place: Place): unknown {
    switch (kind) {
      case 'schema':
        return this.#read(value, place);
      case 'schemas':
        return Array.from(Object(value), (member, index) => this.#read(member, within(place, index)));
      case 'schema-map':
      case 'dependencies':
        return Object.fromEntries(
          Object.entries(Object(value)).map(([key, member]) => {
            if (name === 'patternProperties') checkPattern(key, place.path);
            return [key, Array.isArray(member) ? member : this.#read(member, within(place, key))];
          }),
        );
      default:
        return value;
    }
  }

  #addDefinitions(schemas: Record<string, unknown>, { path, scope }: Place): void {
    for (const [name, schema] of Object.entries(schemas)) this.#add({ schema, path: [...path, name] }, scope);
  }

  #toReference(keyword: string, from: Record<string, unknown>, { path, scope }: Place): string {
    const target = this.#index.resolve(`${from[keyword]}`, from, path);
    return this.#add(keyword === '$dynamicRef' ? this.#scopes.redirect(target, scope) : target, scope);
  }

  #add({ schema, path }: Target, outer: DynamicScope): string {
    if (!isObject(schema)) return toReference(this.#targets.push({ schema, path, scope: outer }) - 1);
    const scope = this.#scopes.enter(outer, schema);
    const known = scope.references.get(schema);
    if (known !== undefined) return known;
    const reference = toReference(this.#targets.push({ schema, path, scope }) - 1);
    scope.references.set(schema, reference);
    return reference;
  }
}

const within = ({ path, scope }: Place, name: string | number): Place => ({ path: [...path, name], scope });

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
