import type { Schema } from '../../src/contract/schema.ts';
import { type ContractDocument, resolve } from './document.ts';
import { type Alternative, listAlternatives, literalsOf } from './list-alternatives.ts';

/** Clients send a `request`, so it may not become narrower. They read a `reply`, so it may not become wider. */
export type Direction = 'request' | 'reply';

export interface SchemaComparer {
  compare(before: Schema, after: Schema, context: { direction: Direction; path: string }): void;
}

type Position = { direction: Direction; path: string };

/** Creates a comparer that reports each breaking change once, by the name of its schema. */
export function createSchemaComparer(
  released: ContractDocument,
  current: ContractDocument,
  report: (change: string) => void,
): SchemaComparer {
  /** The pairs already compared. Schemas can refer to themselves. */
  const seen = { request: new Map<Schema, Set<Schema>>(), reply: new Map<Schema, Set<Schema>>() };

  function compare(before: Schema, after: Schema, { direction, path }: Position): void {
    const position = { direction, path: resolve(released, before).name ?? path };
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
        if (match) compareAlternative(alternative, match, position);
        else if (isRemovalBreaking(key, now, position)) reportAt(position, `no longer ${describe(alternative)}`);
      }
    }
    for (const [key, [alternative]] of now) {
      if (!alternative || old.has(key) || !isAdditionBreaking(key, old, position)) continue;
      reportAt(position, `may be ${describe(alternative)} now`);
    }
  }

  /** Compares defaults, also those next to a reference. */
  function compareDefaults(before: Schema, after: Schema, position: Position): void {
    const old = before.default ?? resolve(released, before).target.default;
    const now = after.default ?? resolve(current, after).target.default;
    if (old !== undefined && JSON.stringify(old) !== JSON.stringify(now)) reportAt(position, 'has another default now');
  }

  function compareAlternative(before: Alternative, after: Alternative, { direction, path }: Position): void {
    if (after.key === 'null') return;
    const compared = seen[direction].get(before.schema) ?? new Set();
    if (compared.has(after.schema)) return;
    seen[direction].set(before.schema, compared.add(after.schema));
    const position = { direction, path: before.name ?? path };
    compareLiterals(before.schema, after.schema, position);
    if (direction === 'request') compareBounds(before.schema, after.schema, position);
    compareProperties(before.schema, after.schema, position);
    compareEntries(before.schema, after.schema, position);
  }

  function compareLiterals(before: Schema, after: Schema, position: Position): void {
    const old = literalsOf(before)?.filter((value) => value !== null);
    const now = literalsOf(after)?.filter((value) => value !== null);
    if (old && now) {
      const gone = old.filter((value) => !now.includes(value));
      if (gone.length > 0) reportAt(position, `no longer has the value ${gone.join(', ')}`);
    } else if (now && position.direction === 'request') reportAt(position, `takes only ${now.join(', ')} now`);
    else if (old && position.direction === 'reply') reportAt(position, 'may have any value now');
  }

  function compareBounds(before: Schema, after: Schema, position: Position): void {
    for (const keyword of ['minimum', 'minLength', 'minItems', 'minProperties'] as const) {
      if ((after[keyword] ?? -Infinity) > (before[keyword] ?? -Infinity))
        reportAt(position, `${keyword} is ${after[keyword]} now`);
    }
    for (const keyword of ['maximum', 'maxLength', 'maxItems', 'maxProperties'] as const) {
      if ((after[keyword] ?? Infinity) < (before[keyword] ?? Infinity))
        reportAt(position, `${keyword} is ${after[keyword]} now`);
    }
    for (const keyword of ['pattern', 'propertyNames', 'not'] as const) {
      const now = JSON.stringify(after[keyword]);
      if (now !== undefined && now !== JSON.stringify(before[keyword]))
        reportAt(position, `has another ${keyword} now`);
    }
  }

  function compareProperties(before: Schema, after: Schema, { direction, path }: Position): void {
    for (const [name, property] of Object.entries(before.properties ?? {})) {
      const position = { direction, path: `${path}.${name}` };
      const match = after.properties?.[name];
      if (match) compare(property, match, position);
      else reportAt(position, 'was removed');
    }
    const [strict, loose] = direction === 'request' ? [after, before] : [before, after];
    for (const name of strict.required ?? []) {
      if (loose.required?.includes(name) || (direction === 'reply' && !after.properties?.[name])) continue;
      reportAt(
        { direction, path: `${path}.${name}` },
        direction === 'request' ? 'is required now' : 'may be missing now',
      );
    }
  }

  function compareEntries(before: Schema, after: Schema, { direction, path }: Position): void {
    compareOptional(before.items, after.items, { direction, path: `${path}[]` });
    compareOptional(before.additionalProperties, after.additionalProperties, { direction, path: `${path}{}` });
  }

  /** Compares keywords for which omitted and `true` mean any value. */
  function compareOptional(before: Schema | boolean = true, after: Schema | boolean = true, position: Position): void {
    if (typeof before === 'object' && typeof after === 'object') compare(before, after, position);
    else if (position.direction === 'request' && before !== false && after !== true && before !== after)
      reportAt(position, 'takes less now');
    else if (position.direction === 'reply' && typeof before === 'object' && after === true)
      reportAt(position, 'may be anything now');
  }

  function reportAt({ direction, path }: Position, change: string): void {
    report(`${path} ${change} (${direction})`);
  }

  return { compare };
}

type Alternatives = Map<string, Alternative[]>;

/**
 * Whether removing an alternative breaks clients. Of a reply, only events and items count: clients wait for those they
 * know. A plain value that loses a type or `null` breaks no reader.
 */
function isRemovalBreaking(key: string, now: Alternatives, { direction }: Position): boolean {
  if (direction === 'request') return !covers(now, key);
  return key.includes('=');
}

/** Whether adding an alternative breaks clients: they skip unknown events and items, but not other types of values. */
function isAdditionBreaking(key: string, old: Alternatives, { direction }: Position): boolean {
  return direction === 'reply' && !key.includes('=') && !covers(old, key);
}

function covers(alternatives: Alternatives, key: string): boolean {
  return alternatives.has('any') || (key === 'integer' && alternatives.has('number'));
}

function describe({ key, name }: Alternative): string {
  if (key === 'null' || key === 'any') return key === 'any' ? 'anything' : 'null';
  return name === undefined ? `of type ${key}` : `${name} (${key})`;
}
