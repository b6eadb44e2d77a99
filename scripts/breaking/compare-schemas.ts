import type { Schema } from '../../src/contract/schema.ts';
import { type ContractDocument, resolve } from './document.ts';
import { type Alternative, listAlternatives, literalsOf } from './list-alternatives.ts';

/** `request`: clients send it, so it must not get narrower. `reply`: clients read it, so it must not get wider. */
export type Direction = 'request' | 'reply';

export interface SchemaComparer {
  compare(before: Schema, after: Schema, context: { direction: Direction; path: string }): void;
}

type Place = { direction: Direction; path: string };

/** Reports each breaking change once, by the name of the schema that it is in. */
export function createSchemaComparer(
  released: ContractDocument,
  current: ContractDocument,
  report: (change: string) => void,
): SchemaComparer {
  /** What was compared with what: schemas refer to themselves. */
  const seen = { request: new Map<Schema, Set<Schema>>(), reply: new Map<Schema, Set<Schema>>() };

  function compare(before: Schema, after: Schema, { direction, path }: Place): void {
    const place = { direction, path: resolve(released, before).name ?? path };
    if (direction === 'request') compareDefaults(before, after, { direction, path });
    const old = Map.groupBy(listAlternatives(released, before), ({ key }) => key);
    const now = Map.groupBy(listAlternatives(current, after), ({ key }) => key);
    for (const [key, alternatives] of old) {
      const candidates = [...(now.get(key) ?? [])];
      for (const alternative of alternatives) {
        const index = Math.max(
          0,
          candidates.findIndex(({ name }) => name === alternative.name),
        );
        const [match] = candidates.splice(index, 1);
        if (match) compareAlternative(alternative, match, place);
        else if (isRemovalBreaking(key, now, place)) tell(place, `no longer ${describe(alternative)}`);
      }
    }
    for (const [key, [alternative]] of now) {
      if (!alternative || old.has(key) || !isAdditionBreaking(key, old, place)) continue;
      tell(place, `may be ${describe(alternative)} now`);
    }
  }

  /** A default may stand beside a reference. */
  function compareDefaults(before: Schema, after: Schema, place: Place): void {
    const old = before.default ?? resolve(released, before).target.default;
    const now = after.default ?? resolve(current, after).target.default;
    if (old !== undefined && JSON.stringify(old) !== JSON.stringify(now)) tell(place, 'has another default now');
  }

  function compareAlternative(before: Alternative, after: Alternative, { direction, path }: Place): void {
    if (after.key === 'null') return;
    const compared = seen[direction].get(before.schema) ?? new Set();
    if (compared.has(after.schema)) return;
    seen[direction].set(before.schema, compared.add(after.schema));
    const place = { direction, path: before.name ?? path };
    compareLiterals(before.schema, after.schema, place);
    if (direction === 'request') compareBounds(before.schema, after.schema, place);
    compareProperties(before.schema, after.schema, place);
    compareEntries(before.schema, after.schema, place);
  }

  function compareLiterals(before: Schema, after: Schema, place: Place): void {
    const old = literalsOf(before)?.filter((value) => value !== null);
    const now = literalsOf(after)?.filter((value) => value !== null);
    if (old && now) {
      const gone = old.filter((value) => !now.includes(value));
      if (gone.length > 0) tell(place, `no longer has the value ${gone.join(', ')}`);
    } else if (now && place.direction === 'request') tell(place, `takes only ${now.join(', ')} now`);
    else if (old && place.direction === 'reply') tell(place, 'may have any value now');
  }

  function compareBounds(before: Schema, after: Schema, place: Place): void {
    for (const keyword of ['minimum', 'minLength', 'minItems', 'minProperties'] as const) {
      if ((after[keyword] ?? -Infinity) > (before[keyword] ?? -Infinity))
        tell(place, `${keyword} is ${after[keyword]} now`);
    }
    for (const keyword of ['maximum', 'maxLength', 'maxItems', 'maxProperties'] as const) {
      if ((after[keyword] ?? Infinity) < (before[keyword] ?? Infinity))
        tell(place, `${keyword} is ${after[keyword]} now`);
    }
    for (const keyword of ['pattern', 'propertyNames', 'not'] as const) {
      const now = JSON.stringify(after[keyword]);
      if (now !== undefined && now !== JSON.stringify(before[keyword])) tell(place, `has another ${keyword} now`);
    }
  }

  function compareProperties(before: Schema, after: Schema, { direction, path }: Place): void {
    for (const [name, property] of Object.entries(before.properties ?? {})) {
      const place = { direction, path: `${path}.${name}` };
      const match = after.properties?.[name];
      if (match) compare(property, match, place);
      else tell(place, 'was removed');
    }
    const [strict, loose] = direction === 'request' ? [after, before] : [before, after];
    for (const name of strict.required ?? []) {
      if (loose.required?.includes(name) || (direction === 'reply' && !after.properties?.[name])) continue;
      tell({ direction, path: `${path}.${name}` }, direction === 'request' ? 'is required now' : 'may be missing now');
    }
  }

  function compareEntries(before: Schema, after: Schema, { direction, path }: Place): void {
    compareOptional(before.items, after.items, { direction, path: `${path}[]` });
    compareOptional(before.additionalProperties, after.additionalProperties, { direction, path: `${path}{}` });
  }

  /** Absent and `true` are the same: anything. */
  function compareOptional(before: Schema | boolean = true, after: Schema | boolean = true, place: Place): void {
    if (typeof before === 'object' && typeof after === 'object') compare(before, after, place);
    else if (place.direction === 'request' && before !== false && after !== true && before !== after)
      tell(place, 'takes less now');
    else if (place.direction === 'reply' && typeof before === 'object' && after === true)
      tell(place, 'may be anything now');
  }

  function tell({ direction, path }: Place, change: string): void {
    report(`${path} ${change} (${direction})`);
  }

  return { compare };
}

type Alternatives = Map<string, Alternative[]>;

/**
 * Clients wait for the events and items that they know, so that those may not go; that a plain value is always a
 * string now, say, or never null, harms no one who reads it.
 */
function isRemovalBreaking(key: string, now: Alternatives, { direction }: Place): boolean {
  if (direction === 'request') return !covers(now, key);
  return key.includes('=');
}

/** Clients skip events and items that they don't know: the contract says so. They can't skip another type of value. */
function isAdditionBreaking(key: string, old: Alternatives, { direction }: Place): boolean {
  return direction === 'reply' && !key.includes('=') && !covers(old, key);
}

function covers(alternatives: Alternatives, key: string): boolean {
  return alternatives.has('any') || (key === 'integer' && alternatives.has('number'));
}

function describe({ key, name }: Alternative): string {
  if (key === 'null' || key === 'any') return key === 'any' ? 'anything' : 'null';
  return name === undefined ? `of type ${key}` : `${name} (${key})`;
}
