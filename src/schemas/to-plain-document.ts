import { limits } from '../config/limits.ts';
import { isObject } from '../json/is-object.ts';
import { findFault, findPatternFault } from './check-keyword.ts';
import { ignoresSiblings, toCurrentKeywords } from './current-keywords.ts';
import { type DynamicScope, DynamicScopes } from './dynamic-scopes.ts';
import { type Keyword, keywords } from './keywords.ts';
import { type PlainDocument, type PlainSchema, rootReference, toReference } from './plain-schema.ts';
import { SchemaError } from './schema-error.ts';
import { SchemaIndex, type Target } from './schema-index.ts';

type Path = readonly (string | number)[];

/** The position of a schema: its path in the document and its dynamic scope. */
interface Position {
  path: Path;
  scope: DynamicScope;
}

/**
 * Normalizes a client's JSON Schema (draft 2020-12, and older drafts where they differ). Throws a SchemaError when it is invalid, has too many subschemas,
 * or has a reference without a target in the document.
 */
export function toPlainDocument(schema: Record<string, unknown>): PlainDocument {
  return new SchemaReader(schema).read();
}

class SchemaReader {
  readonly #root: Record<string, unknown>;
  readonly #index: SchemaIndex;
  readonly #scopes: DynamicScopes;
  readonly #ignoresSiblings: boolean;
  /** Targets of references, in the order of discovery. */
  readonly #targets: (Position & { schema: unknown })[] = [];
  #subschemas = 0;

  constructor(root: Record<string, unknown>) {
    this.#root = root;
    this.#index = new SchemaIndex(root);
    this.#scopes = new DynamicScopes(this.#index);
    this.#ignoresSiblings = ignoresSiblings(root);
  }

  read(): PlainDocument {
    const scope = this.#scopes.enter(this.#scopes.outermost, this.#root);
    scope.references.set(this.#root, rootReference);
    const root = this.#read(this.#root, { path: [], scope });
    const definitions: PlainSchema[] = [];
    // Iterating over a list also visits targets added meanwhile.
    for (const { schema, ...position } of this.#targets) definitions.push(this.#read(schema, position));
    return { root, definitions };
  }

  #read(schema: unknown, { path, scope: outer }: Position): PlainSchema {
    this.#subschemas += 1;
    if (this.#subschemas > limits.schemaSubschemas) {
      throw new SchemaError(`it has more than ${limits.schemaSubschemas} subschemas`);
    }
    if (typeof schema === 'boolean') return schema;
    if (!isObject(schema)) throw new SchemaError('a schema must be an object or a boolean', path);
    const scope = this.#scopes.enter(outer, schema);
    const plain = new Map<string, unknown>();
    const references: string[] = [];
    const isAlone = this.#ignoresSiblings && typeof schema['$ref'] === 'string';
    for (const [name, value] of Object.entries(toCurrentKeywords(schema))) {
      const keyword = keywords.get(name);
      if (keyword === undefined || (isAlone && isSibling(keyword))) continue;
      const position = { path: [...path, name], scope };
      const fault = findFault(keyword.kind, value);
      if (fault !== undefined) throw new SchemaError(`${name} ${fault}`, position.path);
      if (keyword.kind === 'reference')
        references.push(this.#toReference(`${value}`, schema, position, name === '$dynamicRef'));
      else if (name === '$defs' || name === 'definitions') this.#addDefinitions(Object(value), position);
      else {
        const read = this.#readValue(name, keyword, value, position);
        if (!keyword.silent) plain.set(name, read);
      }
    }
    addReferences(plain, references);
    return schema['nullable'] === true ? orNull(plain) : Object.fromEntries(plain);
  }

  #readValue(name: string, { kind }: Keyword, value: unknown, position: Position): unknown {
    switch (kind) {
      case 'schema':
        return this.#read(value, position);
      case 'schemas':
        return Array.from(Object(value), (member, index) => this.#read(member, within(position, index)));
      case 'schema-map':
      case 'dependencies':
        return Object.fromEntries(
          Object.entries(Object(value)).map(([key, member]) => {
            if (name === 'patternProperties') checkPattern(key, position.path);
            return [key, Array.isArray(member) ? member : this.#read(member, within(position, key))];
          }),
        );
      default:
        return value;
    }
  }

  #addDefinitions(schemas: Record<string, unknown>, { path, scope }: Position): void {
    for (const [name, schema] of Object.entries(schemas)) this.#add({ schema, path: [...path, name] }, scope);
  }

  #toReference(reference: string, from: object, { path, scope }: Position, isDynamic: boolean): string {
    const target = this.#index.resolve(reference, from, path);
    return this.#add(isDynamic ? this.#scopes.redirect(target, scope) : target, scope);
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

const within = ({ path, scope }: Position, name: string | number): Position => ({ path: [...path, name], scope });

/** Whether a keyword has no effect beside `$ref` in older drafts. */
const isSibling = ({ kind, silent }: Keyword): boolean => kind !== 'reference' && !silent;

function checkPattern(pattern: string, path: Path): void {
  const fault = findPatternFault(pattern);
  if (fault !== undefined) throw new SchemaError(`a name in patternProperties ${fault}`, path);
}

/** Adds references. A schema may have both `$ref` and `$dynamicRef`. */
function addReferences(plain: Map<string, unknown>, [first, second]: string[]): void {
  if (first !== undefined) plain.set('$ref', first);
  if (second === undefined) return;
  const allOf = plain.get('allOf');
  plain.set('allOf', [...(Array.isArray(allOf) ? allOf : []), { $ref: second }]);
}

/** Allows null as well: `nullable` is OpenAPI's keyword for it, emitted by many generators. */
function orNull(plain: ReadonlyMap<string, unknown>): PlainSchema {
  return { anyOf: [Object.fromEntries(plain), { type: 'null' }] };
}
