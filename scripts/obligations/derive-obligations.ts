import type { OpenApiDocument } from '../../src/contract/document.ts';
import type { Schema } from '../../src/contract/schema.ts';
import type { Obligation, Obligations, Source } from '../../src/judge/obligations.ts';
import type { PublishedExample } from '../../test/verify/openai-examples/read-examples.ts';
import { collectExcuses, type Excuses } from './excuse-examples.ts';
import type { Published, PublishedReplies, PublishedSchema } from './published.ts';
import { fits, flatten, isTag, match, type ObjectShape, type Shape } from './shapes.ts';

/** Schemas that no operation's reply reaches, with their names in the published contracts. */
const furtherRoots: [ours: string, theirs: { [Name in keyof Published]?: string }][] = [
  ['ErrorResponse', { openai: 'ErrorResponse' }],
  ['WebSocketErrorEvent', { openai: 'ResponseWsError', 'open-responses': 'WebSocketErrorEvent' }],
];

/**
 * Derives what the published contracts require of the replies that our contract describes, by walking both in parallel:
 * for each of our schemas, the fields that every matching schema of theirs requires, and the fields whose values ours
 * restricts further. A field that one of OpenAI's own examples omits isn't required.
 */
export function deriveObligations(
  document: OpenApiDocument,
  published: Published,
  examples: readonly PublishedExample[],
): Obligations {
  const derive = (source: Source) => {
    const replies = published[source];
    const walk = new Walk(document, replies, source === 'openai' ? collectExcuses(replies, examples) : new Map());
    for (const { key, schema } of listReplies(document)) {
      const root = replies.roots[key];
      if (root !== undefined) walk.compare(schema, root === null ? [] : [root]);
    }
    for (const [ours, { [source]: theirs }] of furtherRoots) {
      if (theirs !== undefined) walk.compare({ $ref: refTo(ours) }, [{ $ref: refTo(theirs) }]);
    }
    return walk.toJson();
  };
  return { openai: derive('openai'), 'open-responses': derive('open-responses') };
}

const refTo = (name: string): string => `#/components/schemas/${name}`;

/** Lists our replies by the names of the published ones. */
function listReplies({ paths }: OpenApiDocument): { key: string; schema: Schema }[] {
  return Object.entries(paths).flatMap(([path, item]) =>
    (['get', 'post', 'delete'] as const).flatMap((method) =>
      Object.entries(item[method]?.responses['200']?.content ?? {}).flatMap(([mediaType, media]) => {
        const schema = media['x-event-schema'] ?? media.schema;
        return schema ? [{ key: `${method} ${path.replace(/^\/v1/, '')} ${mediaType}`, schema }] : [];
      }),
    ),
  );
}

interface Found {
  required: Set<string>;
  excused: Set<string>;
  nullable: Set<string>;
  /** The accepted types of fields; none: any value. */
  wider: Map<string, Set<string>>;
}

class Walk {
  readonly #document: OpenApiDocument;
  readonly #replies: PublishedReplies;
  readonly #excuses: Excuses;
  /** By the name of our schema. */
  readonly #found = new Map<string, Found>();
  /** Compared pairs: schemas are recursive. */
  readonly #seen = new Set<string>();

  constructor(document: OpenApiDocument, replies: PublishedReplies, excuses: Excuses) {
    this.#document = document;
    this.#replies = replies;
    this.#excuses = excuses;
  }

  /** Compares one of our schemas with theirs of the same place. */
  compare(ours: Schema, theirs: readonly PublishedSchema[], name?: string): void {
    if (ours.$ref !== undefined) {
      const target = ours.$ref.split('/').at(-1) ?? '';
      const pair = `${target} ${JSON.stringify(theirs)}`;
      if (this.#seen.has(pair)) return;
      this.#seen.add(pair);
      const schema = this.#document.components.schemas[target];
      if (schema) this.compare(schema, theirs, target);
      return;
    }
    for (const branch of [...(ours.anyOf ?? []), ...(ours.oneOf ?? []), ...(ours.allOf ?? [])])
      this.compare(branch, theirs);
    if (ours.items) this.compare(ours.items, flatten(theirs, this.#replies.schemas).elements);
    if (ours.properties) this.#compareObjects(ours, theirs, name);
  }

  toJson(): Record<string, Obligation> {
    const entries = [...this.#found].sort(([a], [b]) => (a < b ? -1 : 1));
    return Object.fromEntries(
      entries.map(([name, { required, excused, nullable, wider }]) => [
        name,
        {
          required: [...required].sort(),
          excused: [...excused].sort(),
          nullable: [...nullable].sort(),
          wider: Object.fromEntries([...wider].map(([field, types]) => [field, [...types].sort()])),
        },
      ]),
    );
  }

  #compareObjects(ours: Schema, theirs: readonly PublishedSchema[], name: string | undefined): void {
    const own = this.#toShape([ours]).objects[0];
    if (!own) return;
    const all = flatten(theirs, this.#replies.schemas).objects;
    const matching = all.filter((other) => match(own, this.#ownSchemas, other, this.#replies.schemas));
    // Another contract's union may lack this member: then it doesn't bind it.
    if (matching.length === 0 && all.length > 0) return;
    const children = (field: string) => matching.flatMap(({ properties }) => properties.get(field) ?? []);
    const fields = Object.keys(ours.properties ?? {});
    if (name !== undefined) {
      const ownRequired = new Set(ours.required);
      const required = intersect(matching.map(({ required }) => required)).intersection(ownRequired);
      const firm = intersect(matching.map((other) => this.#firmOf(other, own))).intersection(required);
      this.#add(name, {
        required: firm,
        excused: required.difference(firm),
        nullable: new Set(
          fields.filter(
            (field) =>
              this.#mayBeNull(children(field)) && !this.#mayBeNull(own.properties.get(field) ?? [], this.#ownSchemas),
          ),
        ),
        wider: new Map(
          fields.flatMap((field) =>
            this.#isNarrower(own, field, children(field)) ? [[field, this.#typesOf(children(field))]] : [],
          ),
        ),
      });
    }
    for (const field of fields) {
      const theirChildren = children(field);
      // A field that theirs does not describe here is free; it may describe the schema elsewhere.
      if (theirChildren.length > 0) this.compare(ours.properties?.[field] ?? {}, theirChildren);
    }
  }

  /** Returns the required fields that no example omits. */
  #firmOf({ parts }: ObjectShape, own: ObjectShape): Set<string> {
    const isExcused = (part: PublishedSchema, name: string) =>
      this.#excuses.get(part)?.some(({ field, by }) => field === name && fits(own, by, this.#ownSchemas));
    return new Set(parts.flatMap((part) => (part.required ?? []).filter((name) => !isExcused(part, name))));
  }

  /** Returns the accepted types; none: any value. */
  #typesOf(theirs: readonly PublishedSchema[]): Set<string> {
    const { isOpen, types, objects, elements } = flatten(theirs, this.#replies.schemas);
    if (isOpen) return new Set();
    return new Set([...types, ...(objects.length > 0 ? ['object'] : []), ...(elements.length > 0 ? ['array'] : [])]);
  }

  #mayBeNull(schemas: readonly PublishedSchema[], all = this.#replies.schemas): boolean {
    return flatten(schemas, all).types.has('null');
  }

  /** Whether ours refuses a value other than null that theirs accepts. */
  #isNarrower(own: ObjectShape, field: string, theirs: readonly PublishedSchema[]): boolean {
    const ours = this.#toShape(own.properties.get(field) ?? []);
    const other = flatten(theirs, this.#replies.schemas);
    if (ours.isOpen) return false;
    // A tag selects the member of a union; the values of others select other members.
    if (isTag(field) && theirs.length > 0) return false;
    if (theirs.length === 0 || other.isOpen || !acceptsScalars(ours, other)) return true;
    if (other.elements.length > 0 && ours.elements.length === 0) return true;
    return other.objects.length > 0 && ours.objects.length === 0;
  }

  #toShape(schemas: readonly Schema[]): Shape {
    return flatten(schemas as PublishedSchema[], this.#ownSchemas);
  }

  get #ownSchemas(): Record<string, PublishedSchema> {
    return this.#document.components.schemas as Record<string, PublishedSchema>;
  }

  #add(name: string, found: Found): void {
    const known = this.#found.get(name);
    this.#found.set(name, known ? merge(known, found) : found);
  }
}

/** One schema may occur in several places. */
const merge = (one: Found, other: Found): Found => ({
  required: one.required.intersection(other.required),
  excused: allOf(one).intersection(allOf(other)).difference(one.required.intersection(other.required)),
  nullable: one.nullable.union(other.nullable),
  wider: mergeTypes(one.wider, other.wider),
});

function mergeTypes(one: Found['wider'], other: Found['wider']): Found['wider'] {
  const merged = new Map(one);
  for (const [field, types] of other) {
    const known = one.get(field);
    const isAny = types.size === 0 || known?.size === 0;
    merged.set(field, isAny ? new Set() : types.union(known ?? new Set()));
  }
  return merged;
}

const allOf = ({ required, excused }: Found): Set<string> => required.union(excused);

function intersect(sets: readonly Set<string>[]): Set<string> {
  const [first = new Set<string>(), ...others] = sets;
  return others.reduce((left, other) => left.intersection(other), first);
}

function acceptsScalars(ours: Shape, other: Shape): boolean {
  const types = new Set([...ours.types, 'null', ...(ours.types.has('number') ? ['integer'] : [])]);
  if (![...other.types].every((type) => types.has(type))) return false;
  if (!ours.literals || ours.literals.size === 0) return true;
  return (
    other.literals !== undefined && [...other.literals].every((value) => value === null || ours.literals?.has(value))
  );
}
