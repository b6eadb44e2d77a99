import ts from 'typescript';
import type { Schema } from '../../src/contract/schema.ts';
import type { ContractDocument } from '../breaking/document.ts';
import { type Shape, schemasOf, toShape } from './contract-shapes.ts';
import type { SdkTypes } from './read-sdk.ts';
import type { Root } from './roots.ts';

/** The fields that distinguish the members of unions, most telling first. */
const tags = ['type', 'role', 'object', 'mode'];

/**
 * Lists the paths of everything that the types of the openai package have and our contract lacks: fields, kinds of items
 * and values. A value is written `path=value`, a member of a union `path(tag)`.
 */
export function listDifferences(document: ContractDocument, sdk: SdkTypes, roots: readonly Root[]): string[] {
  const comparison = new Comparison(document, sdk.checker);
  for (const root of roots) {
    comparison.compare(sdk.typeOf(root.module, root.type), schemasOf(document, root), root.name);
  }
  return [...comparison.found];
}

class Comparison {
  readonly found = new Set<string>();
  readonly #document: ContractDocument;
  readonly #checker: ts.TypeChecker;
  /** The compared pairs. Types are recursive, and many are reached by several paths. */
  readonly #seen = new Map<ts.Type, Set<string>>();
  readonly #schemaIds = new Map<Schema, number>();

  constructor(document: ContractDocument, checker: ts.TypeChecker) {
    this.#document = document;
    this.#checker = checker;
  }

  compare(type: ts.Type, schemas: readonly Schema[], path: string): void {
    if (!this.#isNew(type, schemas)) return;
    const shape = toShape(this.#document, schemas);
    if (shape.isOpen) return;
    const members = type.isUnion() ? type.types : [type];
    const isOpenText = members.some((member) => this.#isText(member));
    for (const member of members) {
      if (member.isStringLiteral()) {
        if (!isOpenText && !shape.anyText && !shape.literals.has(member.value)) this.#report(`${path}=${member.value}`);
      } else this.#compareMember(member, shape, path);
    }
  }

  #compareMember(type: ts.Type, shape: Shape, path: string): void {
    if (this.#isText(type)) this.#require(shape.anyText, `${path}: text`);
    else if (type.flags & ts.TypeFlags.NumberLike)
      this.#require(shape.primitives.has('number') || shape.primitives.has('integer'), `${path}: number`);
    else if (type.flags & ts.TypeFlags.BooleanLike) this.#require(isBoolean(shape), `${path}: boolean`);
    else if (this.#checker.isArrayType(type)) this.#compareArray(type, shape, path);
    else if (type.flags & ts.TypeFlags.Object) this.#compareObject(type, shape, path);
    // The rest (null, undefined, unknown) differs in too many places to tell anything.
  }

  #compareArray(type: ts.Type, { elements }: Shape, path: string): void {
    const [element] = this.#checker.getTypeArguments(type as ts.TypeReference);
    if (elements.length === 0) this.#report(`${path}: list`);
    else if (element) this.compare(element, elements, `${path}[]`);
  }

  #compareObject(type: ts.Type, { objects }: Shape, path: string): void {
    const properties = this.#checker.getPropertiesOfType(type);
    const kinds = this.#tagsOf(type);
    const fitting = objects.filter((object) => this.#fits(object, kinds));
    const place = kinds.length > 0 ? `${path}(${kinds.map(({ values }) => values.join('|')).join(', ')})` : path;
    if (fitting.length === 0) return this.#report(kinds.length > 0 ? place : `${path}: object`);
    if (fitting.includes(undefined)) return;
    for (const property of properties) {
      const schemas = fitting.flatMap((object) => object?.[property.name] ?? []);
      const next = `${place}.${property.name}`;
      if (schemas.length === 0) this.#report(next);
      else this.compare(this.#checker.getTypeOfSymbol(property), schemas, next);
    }
  }

  /** Whether an object of our contract has the same tags, or lacks them. */
  #fits(object: Record<string, Schema[]> | undefined, kinds: readonly Tag[]): boolean {
    if (!object) return true;
    return kinds.every(({ name, values }) => {
      const schemas = object[name];
      if (!schemas) return false;
      const shape = toShape(this.#document, schemas);
      return shape.isOpen || shape.anyText || values.some((value) => shape.literals.has(value));
    });
  }

  #tagsOf(type: ts.Type): Tag[] {
    return tags
      .flatMap((name) => {
        const property = this.#checker.getPropertyOfType(type, name);
        const tag = property && this.#checker.getTypeOfSymbol(property);
        const members = tag?.isUnion() ? tag.types : tag ? [tag] : [];
        const values = members.filter((member) => member.isStringLiteral()).map(({ value }) => value);
        const isTag = values.length > 0 && members.every((member) => member.isStringLiteral() || isNothing(member));
        return isTag ? [{ name, values }] : [];
      })
      .slice(0, 1);
  }

  /** Whether a type is text, or text with known values for completion (`string & {}`). */
  #isText(type: ts.Type): boolean {
    if (type.isIntersection()) return type.types.some((part) => this.#isText(part));
    return (type.flags & ts.TypeFlags.String) !== 0;
  }

  #isNew(type: ts.Type, schemas: readonly Schema[]): boolean {
    const key = schemas.map((schema) => schema.$ref ?? this.#idOf(schema)).join(' ');
    const keys = this.#seen.get(type) ?? new Set();
    this.#seen.set(type, keys);
    if (keys.has(key)) return false;
    keys.add(key);
    return true;
  }

  #idOf(schema: Schema): number {
    const id = this.#schemaIds.get(schema) ?? this.#schemaIds.size;
    this.#schemaIds.set(schema, id);
    return id;
  }

  #require(isAccepted: boolean, difference: string): void {
    if (!isAccepted) this.#report(difference);
  }

  #report(difference: string): void {
    this.found.add(difference);
  }
}

interface Tag {
  name: string;
  values: string[];
}

const isNothing = (type: ts.Type): boolean => (type.flags & (ts.TypeFlags.Null | ts.TypeFlags.Undefined)) !== 0;

const isBoolean = ({ primitives, literals }: Shape): boolean =>
  primitives.has('boolean') || literals.has(true) || literals.has(false);
