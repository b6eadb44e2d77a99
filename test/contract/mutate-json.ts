import { isObject } from '../../src/json/is-object.ts';

type Random = (below: number) => number;

/** Where one value hangs: `holder[key]`. */
interface Place {
  holder: Record<string, unknown>;
  key: string;
}

/**
 * Changes a JSON value at one random place: another value there, one of the words the contract knows, a part of the
 * value itself, a property or element more or less. The value given is left alone.
 */
export function mutateJson(value: unknown, random: Random, words: readonly string[]): unknown {
  const root: Record<string, unknown> = { value: structuredClone(value) };
  const places = listPlaces(root);
  const pick = <T>(list: readonly T[]): T | undefined => list[random(list.length)];
  const { holder, key } = pick(places) ?? { holder: root, key: 'value' };
  const here = holder[key];
  switch (random(6)) {
    case 0:
      holder[key] = structuredClone(pick(strangers));
      break;
    case 1:
      holder[key] = pick(words);
      break;
    case 2: {
      const other = pick(places);
      holder[key] = structuredClone(other?.holder[other.key]);
      break;
    }
    case 3:
      if (Array.isArray(holder)) holder.splice(Number(key), 1);
      else if (holder !== root) delete holder[key];
      break;
    case 4:
      if (Array.isArray(here)) here.push(structuredClone(pick(strangers)));
      else if (isObject(here)) here[pick(words) ?? 'type'] = structuredClone(pick(strangers));
      else holder[key] = [here];
      break;
    default:
      if (isObject(here)) here[pick(['type', 'role', 'content', 'name', 'id', 'text']) ?? 'type'] = pick(words);
      else holder[key] = { type: pick(words), text: here };
  }
  return root['value'];
}

/** Values that some schema or other refuses: wrong types, bounds, what overflows, what objects inherit. */
const strangers: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  7,
  0.5,
  21,
  1e300,
  Number.POSITIVE_INFINITY,
  '',
  'x',
  'x'.repeat(65),
  '😀'.repeat(64),
  [],
  {},
  [null],
  [[]],
  { type: null },
  { type: 'text' },
  { type: 'function', name: 'f' },
  { role: 'user' },
  { id: 'item_1' },
  { constructor: 1 },
];

function listPlaces(root: Record<string, unknown>): Place[] {
  const places: Place[] = [];
  const walk = (holder: Record<string, unknown>, key: string): void => {
    places.push({ holder, key });
    const value = holder[key];
    if (!isObject(value) && !Array.isArray(value)) return;
    // An array is an object whose keys are its indexes.
    for (const child of Object.keys(value)) walk(value as Record<string, unknown>, child);
  };
  walk(root, 'value');
  return places;
}

/** As JSON.stringify, but an infinite number stays one, written as JSON can write it. */
export function toJsonText(value: unknown): string {
  const text = JSON.stringify(value, (_key, child) => (child === Number.POSITIVE_INFINITY ? '1e400' : child));
  return text.replaceAll('"1e400"', '1e400');
}
