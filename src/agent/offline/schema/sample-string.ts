import { offlineLimits } from '../offline-limits.ts';
import { type JsonSchema, readNumber } from './json-schema.ts';
import { impossible, type SampleContext } from './sample-context.ts';
import { samplePattern } from './sample-pattern.ts';

/** Samples of each format. `mark` and `index` distinguish the variants. */
const formats: Record<string, (mark: string, index: number) => string> = {
  'date-time': (_mark, index) => new Date(Date.UTC(2026, 0, 1 + index, 12)).toISOString().replace('.000', ''),
  date: (_mark, index) => new Date(Date.UTC(2026, 0, 1 + index)).toISOString().slice(0, 10),
  time: (_mark, index) => `${new Date(Date.UTC(2026, 0, 1, 12, index)).toISOString().slice(11, 19)}Z`,
  duration: (_mark, index) => `P${1 + index}D`,
  email: (mark) => `someone${mark}@example.com`,
  'idn-email': (mark) => `someone${mark}@example.com`,
  hostname: (mark) => `host${mark}.example.com`,
  'idn-hostname': (mark) => `host${mark}.example.com`,
  ipv4: (_mark, index) => `192.0.2.${1 + (index % 254)}`,
  ipv6: (_mark, index) => `2001:db8::${(1 + index).toString(16)}`,
  uri: (mark) => `https://example.com/page${mark}`,
  iri: (mark) => `https://example.com/page${mark}`,
  url: (mark) => `https://example.com/page${mark}`,
  'uri-reference': (mark) => `/page${mark}`,
  'iri-reference': (mark) => `/page${mark}`,
  'uri-template': (mark) => `https://example.com/{page${mark}}`,
  uuid: (_mark, index) => `00000000-0000-4000-8000-${(1 + index).toString(16).padStart(12, '0')}`,
  'json-pointer': (mark) => `/name${mark}`,
  'relative-json-pointer': (mark) => `0/name${mark}`,
  regex: (mark) => `name${mark}`,
};

/** Number of characters of a string, and of a pattern, that cost as much as one value. */
const charactersPerValue = 100;
const patternCharactersPerValue = 10;
/** Cost of finding the members of a class, which compiles an expression. */
const valuesPerClass = 2;

/** Samples a string of the schema's pattern or format, or else a word of the required length. */
export function sampleString(schema: JsonSchema, variant: number, context: SampleContext): Sample {
  const least = readNumber(schema, 'minLength') ?? 0;
  const most = readNumber(schema, 'maxLength') ?? Number.POSITIVE_INFINITY;
  if (least > Math.min(most, offlineLimits.sampleCharacters)) return impossible;
  const { pattern, format } = schema;
  const { spend } = context;
  if (typeof pattern === 'string') spend(pattern.length / patternCharactersPerValue);
  const value =
    typeof pattern === 'string'
      ? sampleMatch(pattern, { least, variant }, context)
      : (sampleFormat(format, least, variant) ?? sampleWord(least, most, variant));
  if (value === impossible || value.length < least || value.length > most) return impossible;
  spend(value.length / charactersPerValue);
  return value;
}

type Sample = string | typeof impossible;

interface Requirement {
  least: number;
  variant: number;
}

/** Returns `undefined` for an unknown or omitted format. */
function sampleFormat(format: unknown, least: number, variant: number): string | undefined {
  const make = typeof format === 'string' && Object.hasOwn(formats, format) ? formats[format] : undefined;
  const short = make?.(toMark(variant), variant);
  if (short === undefined || short.length >= least) return short;
  return make?.('x'.repeat(least - short.length) + toMark(variant), variant);
}

/** Finds the shortest match that is long enough. More repetitions never make a match shorter. */
function sampleMatch(
  pattern: string,
  { least, variant }: Requirement,
  { memory: { members }, spend }: SampleContext,
): Sample {
  const known = members.size;
  const match = (extra: number): string | undefined => {
    const text = samplePattern(pattern, { variant, extra, members });
    spend((members.size - known) * valuesPerClass);
    return text;
  };
  let [low, high] = [0, least];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if ((match(middle)?.length ?? least) < least) low = middle + 1;
    else high = middle;
  }
  return match(low) ?? (isExpression(pattern) ? impossible : sampleWord(least, Number.POSITIVE_INFINITY, variant));
}

/** Whether a pattern can be compiled. Any other one is not checked. */
function isExpression(pattern: string): boolean {
  try {
    return pattern.length > offlineLimits.patternCharacters || new RegExp(pattern) !== undefined;
  } catch {
    return false;
  }
}

function sampleWord(least: number, most: number, variant: number): Sample {
  const number = toMark(variant);
  return number.length > most ? impossible : `${number}string`.slice(0, most).padEnd(least, '.');
}

const toMark = (variant: number): string => (variant === 0 ? '' : String(variant + 1));
