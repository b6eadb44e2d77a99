import { isObject } from '../json/is-object.ts';
import { usesOldId } from './current-keywords.ts';
import { keywords, listSubschemas } from './keywords.ts';
import { cut, SchemaError } from './schema-error.ts';

type Path = readonly (string | number)[];

/** The target of a reference. */
export interface Target {
  schema: unknown;
  path: Path;
}

interface Resource {
  root: object;
  path: Path;
  anchors: Map<string, Target>;
  /** The subset of `anchors` that is dynamic. */
  dynamicAnchors: Map<string, Target>;
}

const createResource = (root: object, path: Path): Resource => ({
  ...{ root, path },
  anchors: new Map(),
  dynamicAnchors: new Map(),
});

/** The base URI of a document without `$id`. Nothing is ever fetched. */
const defaultBase = 'https://schema.invalid/';

/** Resolves the references of one document by its resources (`$id`) and their anchors. */
export class SchemaIndex {
  readonly #resources = new Map<string, Resource>();
  /** The base URI of each schema. */
  readonly #bases = new Map<object, string>();

  readonly #idKeyword: string;

  constructor(root: Record<string, unknown>) {
    this.#idKeyword = usesOldId(root) ? 'id' : '$id';
    this.#addResource(defaultBase, createResource(root, []));
    this.#walk(root, defaultBase, []);
  }

  /** Returns the dynamic anchors of the resource that contains a schema. */
  dynamicAnchorsAt(schema: object): ReadonlyMap<string, Target> {
    return this.#resources.get(this.#bases.get(schema) ?? defaultBase)?.dynamicAnchors ?? new Map();
  }

  /** Returns the names that are dynamic anchors in several resources. */
  listSharedAnchors(): Set<string> {
    const names = [...this.#resources.values()].flatMap(({ dynamicAnchors }) => [...dynamicAnchors.keys()]);
    const once = new Set<string>();
    return new Set(names.filter((name) => once.size === once.add(name).size));
  }

  /** Resolves a reference in the schema `from`. Throws a SchemaError when it has no target. */
  resolve(reference: string, from: object, path: Path): Target & { anchor: string } {
    const fault = () =>
      new SchemaError(`it has a reference that leads to no schema in it: ${cut(reference, 100)}`, path);
    const [uri = '', fragment = ''] = this.#toAbsolute(reference, from, fault).split('#', 2);
    const resource = this.#resources.get(uri);
    const name = decode(fragment);
    if (resource === undefined || name === undefined) throw fault();
    const target = name === '' || name.startsWith('/') ? follow(resource, name) : resource.anchors.get(name);
    if (target === undefined || !(isObject(target.schema) || typeof target.schema === 'boolean')) throw fault();
    // Schemas below an unknown keyword were not walked: they belong to the enclosing resource.
    if (isObject(target.schema) && !this.#bases.has(target.schema)) this.#bases.set(target.schema, uri);
    return { ...target, anchor: name };
  }

  #toAbsolute(reference: string, from: object, fault: () => SchemaError): string {
    const base = this.#bases.get(from) ?? defaultBase;
    if (reference.startsWith('#')) return base + reference;
    const url = URL.parse(reference, base);
    if (!url) throw fault();
    return url.href;
  }

  #walk(schema: object, outer: string, path: Path): void {
    const base = this.#readId(schema, outer, path);
    // Parsed JSON never contains one object twice.
    this.#bases.set(schema, base);
    this.#readAnchors(schema, base, path);
    for (const [name, value] of Object.entries(schema)) {
      const keyword = keywords.get(name);
      if (keyword === undefined) continue;
      for (const member of listSubschemas(name, keyword, value)) {
        if (isObject(member.schema)) this.#walk(member.schema, base, [...path, ...member.path]);
      }
    }
  }

  #readId(schema: object, outer: string, path: Path): string {
    const id: unknown = Reflect.get(schema, this.#idKeyword);
    if (!Object.hasOwn(schema, this.#idKeyword) || id === '' || id === null) return outer;
    const url = typeof id === 'string' && /^[^#]*#?$/.test(id) ? URL.parse(id, outer) : null;
    if (!url) throw new SchemaError(`${this.#idKeyword} must be a URI reference without a fragment`, path);
    const base = url.href.replace(/#$/, '');
    if (base !== outer) this.#addResource(base, createResource(schema, path));
    return base;
  }

  #addResource(uri: string, resource: Resource): void {
    if (this.#resources.has(uri)) throw new SchemaError(`two schemas have the same ${this.#idKeyword}`, resource.path);
    this.#resources.set(uri, resource);
  }

  #readAnchors(schema: object, base: string, path: Path): void {
    for (const keyword of ['$anchor', '$dynamicAnchor']) {
      if (!Object.hasOwn(schema, keyword)) continue;
      const name: unknown = Reflect.get(schema, keyword);
      if (typeof name !== 'string' || !/^[A-Za-z_][-A-Za-z0-9._]*$/.test(name)) {
        throw new SchemaError(`${keyword} must be a name of letters, digits, '-', '_' and '.'`, path);
      }
      const resource = this.#resources.get(base);
      const known = resource?.anchors.get(name);
      if (known && known.schema !== schema) throw new SchemaError(`two schemas have the same ${keyword}`, path);
      resource?.anchors.set(name, { schema, path });
      if (keyword === '$dynamicAnchor') resource?.dynamicAnchors.set(name, { schema, path });
    }
  }
}

/** Follows a JSON pointer. Only own properties count: `#/constructor` leads nowhere. */
function follow(resource: Resource, pointer: string): Target | undefined {
  const names = pointer
    .split('/')
    .slice(1)
    .map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));
  let schema: unknown = resource.root;
  for (const name of names) {
    if (typeof schema !== 'object' || schema === null || !Object.hasOwn(schema, name)) return undefined;
    schema = Reflect.get(schema, name);
  }
  return { schema, path: [...resource.path, ...names] };
}

function decode(fragment: string): string | undefined {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return undefined;
  }
}
