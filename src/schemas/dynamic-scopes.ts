import { limits } from '../config/limits.ts';
import { isObject } from '../json/is-object.ts';
import { SchemaError } from './schema-error.ts';
import type { SchemaIndex, Target } from './schema-index.ts';

/** The targets of dynamic references in one scope, and the plain references to the schemas read in it. */
export interface DynamicScope {
  anchors: ReadonlyMap<string, Target>;
  references: Map<object, string>;
}

/**
 * The dynamic scopes of a document. A dynamic reference leads to the outermost resource with its anchor, so it differs
 * from a plain reference only when several resources have that anchor. Each schema is read once for each scope it
 * occurs in, which turns its references into plain ones.
 */
export class DynamicScopes {
  readonly outermost: DynamicScope = { anchors: new Map(), references: new Map() };
  readonly #index: SchemaIndex;
  readonly #shared: ReadonlySet<string>;
  /** By the locations of their anchors. */
  readonly #scopes = new Map<string, DynamicScope>();

  constructor(index: SchemaIndex) {
    this.#index = index;
    this.#shared = index.listSharedAnchors();
    if (this.#shared.size > limits.schemaDynamicScopes) throw excess('dynamic anchors that several schemas have');
  }

  /** Returns the scope within a schema that occurs in an outer scope. */
  enter(outer: DynamicScope, schema: object): DynamicScope {
    if (this.#shared.size === outer.anchors.size) return outer;
    const own = this.#index.dynamicAnchorsAt(schema);
    const added = [...this.#shared].flatMap((name) => {
      const target = outer.anchors.has(name) ? undefined : own.get(name);
      return target === undefined ? [] : [[name, target] as const];
    });
    return added.length === 0 ? outer : this.#intern(new Map([...outer.anchors, ...added]));
  }

  /** Returns the target of a dynamic reference. `target` is its target as a plain reference. */
  redirect(target: Target & { anchor: string }, { anchors }: DynamicScope): Target {
    const { schema, anchor } = target;
    const isDynamic = isObject(schema) && this.#index.dynamicAnchorsAt(schema).get(anchor)?.schema === schema;
    return (isDynamic ? anchors.get(anchor) : undefined) ?? target;
  }

  #intern(anchors: ReadonlyMap<string, Target>): DynamicScope {
    const key = JSON.stringify([...anchors].map(([name, { path }]) => [name, path]).sort());
    const scope = this.#scopes.get(key) ?? { anchors, references: new Map() };
    this.#scopes.set(key, scope);
    if (this.#scopes.size > limits.schemaDynamicScopes) throw excess('sets of dynamic anchors in scope');
    return scope;
  }
}

const excess = (things: string): SchemaError =>
  new SchemaError(`it has more than ${limits.schemaDynamicScopes} ${things}`);
