import { isObject } from '../../src/json/is-object.ts';

type Random = (below: number) => number;

/** The position of a value: `holder[key]`. */
interface Position {
  holder: Record<string, unknown>;
  key: string;
}

/**
 * Returns a copy of a JSON value with one random change: another value, a word of the contract, a part of the value
 * itself, or one property or element more or less.
 */
export function mutateJson(value: unknown, random: Random, words: readonly string[]): unknown {
  const root: Record<string, unknown> = { value: structuredClone(value) };
  const positions = listPositions(root);
  const pick = <T>(list: readonly T[]): T | undefined => list[random(list.length)];
  const { holder, key } = pick(positions) ?? { holder: root, key: 'value' };
  const here = holder[key];
  switch (random(6)) {
    case 0:
      holder[key] = structuredClone(pick(strangers));
      break;
    case 1:
      holder[key] = pick(words);
      break;
    case 2: {
      const other = pick(positions);
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

/** Values that some schema refuses: wrong types, out of bounds, overflows, inherited names. */
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

function listPositions(root: Record<string, unknown>): Position[] {
  const positions: Position[] = [];
  const walk = (holder: Record<string, unknown>, key: string): void => {
    positions.push({ holder, key });
    const value = holder[key];
    if (!isObject(value) && !Array.isArray(value)) return;
    // An array is an object whose keys are its indexes.
    for (const child of Object.keys(value)) walk(value as Record<string, unknown>, child);
  };
  walk(root, 'value');
  return positions;
}

/** Like JSON.stringify, but writes infinity as `1e400`. */
export function toJsonText(value: unknown): string {
  const text = JSON.stringify(value, (_key, child) => (child === Number.POSITIVE_INFINITY ? '1e400' : child));
  return text.replaceAll('"1e400"', '1e400');
}
