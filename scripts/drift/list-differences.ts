import ts from 'typescript';
import type { Schema } from '../../src/contract/schema.ts';
import type { ContractDocument } from '../breaking/document.ts';
import { ContractShapes, type Properties, type Shape } from './contract-shapes.ts';
import type { SdkTypes } from './read-sdk.ts';
import type { Root } from './roots.ts';

/** The fields that distinguish the members of unions, most telling first. */
const tags = ['type', 'role'];

/**
 * Lists everything that the types of the openai package have and our contract lacks, by path: fields, kinds of objects and
 * values. A value is written `path=value`, a member of a union `path(tag)`. A type is compared once with each of our
 * schemas, so a difference in a shared type appears where a root reaches it first.
 */
export function listDifferences(document: ContractDocument, sdk: SdkTypes, roots: readonly Root[]): string[] {
  const comparison = new Comparison(document, sdk.checker);
  for (const root of roots) comparison.compareRoot(sdk.typeOf(root.module, root.type), root);
  return [...comparison.found];
}

interface Tag {
  name: string;
  values: string[];
}

class Comparison {
  readonly found = new Set<string>();
  readonly #shapes: ContractShapes;
  readonly #checker: ts.TypeChecker;
  /** The compared pairs: types are recursive, and many are reached by several paths. */
  readonly #seen = new Map<ts.Type, Set<string>>();
  readonly #ids = new Map<object | undefined, number>();

  constructor(document: ContractDocument, checker: ts.TypeChecker) {
    this.#shapes = new ContractShapes(document);
    this.#checker = checker;
  }

  compareRoot(type: ts.Type, root: Root): void {
    this.#compare(type, this.#shapes.schemasOf(root), root.name);
  }

  #compare(type: ts.Type, schemas: readonly Schema[], path: string): void {
    const shape = this.#shapes.of(schemas);
    if (shape.isOpen) return;
    const members = type.isUnion() ? type.types : [type];
    const isOpenText = members.some(isText);
    for (const member of members) {
      if (!member.isStringLiteral()) this.#compareMember(member, shape, path);
      else if (!isOpenText) this.#require(shape.anyText || shape.literals.has(member.value), `${path}=${member.value}`);
    }
  }

  #compareMember(type: ts.Type, shape: Shape, path: string): void {
    if (isText(type)) this.#require(shape.anyText, `${path}: text`);
    else if (type.flags & ts.TypeFlags.NumberLike) this.#require(isNumber(shape), `${path}: number`);
    else if (type.flags & ts.TypeFlags.BooleanLike) this.#require(isBoolean(shape), `${path}: boolean`);
    else if (this.#checker.isArrayType(type)) this.#compareArray(type, shape, path);
    else if (type.flags & ts.TypeFlags.Object) this.#compareObject(type, shape.objects, path);
    // The rest, such as null and unknown, differs by intent in most places.
  }

  #compareArray(type: ts.Type, { elements }: Shape, path: string): void {
    const [element] = this.#checker.getTypeArguments(type as ts.TypeReference); // an array is a reference to `Array`
    if (elements.length === 0) this.found.add(`${path}: list`);
    else if (element) this.#compare(element, elements, `${path}[]`);
  }

  #compareObject(type: ts.Type, objects: readonly Properties[], path: string): void {
    const tag = this.#tagOf(type);
    const fitting = objects.filter((object) => this.#fits(object, tag));
    if (!this.#isNew(type, fitting)) return;
    const place = tag ? `${path}(${tag.values.join('|')})` : path;
    if (fitting.length === 0) this.found.add(tag ? place : `${path}: object`);
    if (fitting.includes(undefined)) return;
    for (const property of fitting.length > 0 ? this.#checker.getPropertiesOfType(type) : []) {
      const schemas = fitting.flatMap((object) => object?.[property.name] ?? []);
      const next = `${place}.${property.name}`;
      if (schemas.length === 0) this.found.add(next);
      else this.#compare(this.#checker.getTypeOfSymbol(property), schemas, next);
    }
  }

  /** Whether an object of our contract can have the tag. */
  #fits(object: Properties, tag: Tag | undefined): boolean {
    if (!object || !tag) return true;
    const shape = this.#shapes.of(object[tag.name] ?? []);
    return shape.isOpen || shape.anyText || tag.values.some((value) => shape.literals.has(value));
  }

  #tagOf(type: ts.Type): Tag | undefined {
    for (const name of tags) {
      const property = this.#checker.getPropertyOfType(type, name);
      const value = property && this.#checker.getTypeOfSymbol(property);
      const members = (value?.isUnion() ? value.types : [value ?? []].flat()).filter((member) => !isNothing(member));
      const literals = members.filter((member) => member.isStringLiteral());
      if (literals.length > 0 && literals.length === members.length) {
        return { name, values: literals.map((literal) => literal.value) };
      }
    }
    return undefined;
  }

  /** Whether a type is compared with these objects for the first time. */
  #isNew(type: ts.Type, objects: readonly Properties[]): boolean {
    const key = objects.map((object) => this.#idOf(object)).join(' ');
    const keys = this.#seen.get(type) ?? new Set();
    this.#seen.set(type, keys);
    return keys.size < keys.add(key).size;
  }

  #idOf(object: Properties): number {
    const id = this.#ids.get(object) ?? this.#ids.size;
    this.#ids.set(object, id);
    return id;
  }

  #require(isAccepted: boolean, difference: string): void {
    if (!isAccepted) this.found.add(difference);
  }
}

/** Whether a type is text, or text with known values for completion (`string & {}`). */
function isText(type: ts.Type): boolean {
  return type.isIntersection() ? type.types.some(isText) : (type.flags & ts.TypeFlags.String) !== 0;
}

const isNothing = (type: ts.Type): boolean => (type.flags & (ts.TypeFlags.Null | ts.TypeFlags.Undefined)) !== 0;
const isNumber = ({ types }: Shape): boolean => types.has('number') || types.has('integer');
const isBoolean = ({ types }: Shape): boolean => types.has('boolean');
