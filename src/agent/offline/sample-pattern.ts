import { limits } from '../../config/limits.ts';

export interface PatternChoice {
  /** Which member of each character class to take. */
  variant: number;
  /** How often to repeat beyond what each quantifier asks for at least. */
  extra: number;
}

interface Reader extends PatternChoice {
  pattern: string;
  at: number;
  /** The texts of the capturing groups read so far, by number and by name. */
  groups: Map<string, string>;
}

/**
 * A string that a regular expression matches: its first alternatives, the least of its quantifiers, and what `choice`
 * asks for. Lookarounds are passed over. The expression itself is never run. `undefined` when it is too long to read, or
 * its match too long to make.
 */
export function samplePattern(pattern: string, choice: PatternChoice): string | undefined {
  if (pattern.length > limits.offlinePatternCharacters) return undefined;
  const match = readAlternatives({ ...choice, pattern, at: 0, groups: new Map() });
  return match.length > limits.offlineSampleCharacters ? undefined : match;
}

function readAlternatives(reader: Reader): string {
  const first = readSequence(reader);
  while (reader.pattern[reader.at] === '|') {
    reader.at += 1;
    readSequence(reader);
  }
  return first;
}

function readSequence(reader: Reader): string {
  let text = '';
  while (!['', '|', ')'].includes(reader.pattern[reader.at] ?? '')) {
    const atom = readAtom(reader);
    text += repeat(atom, readCount(reader));
  }
  return text;
}

/** Stops soon after what is too long anyway. */
function repeat(atom: string, count: number): string {
  return atom.repeat(Math.min(count, 1 + limits.offlineSampleCharacters / Math.max(atom.length, 1)));
}

function readAtom(reader: Reader): string {
  const character = take(reader, /./suy);
  switch (character) {
    case '^':
    case '$':
      return '';
    case '.':
      return pickMember('.', reader.variant);
    case '(':
      return readGroup(reader);
    case '[':
      return pickMember(`[${take(reader, /(?:\\.|[^\]\\])*\]?/suy)}`, reader.variant);
    case '\\':
      return readEscape(reader);
    default:
      return character;
  }
}

/** Reads what a sticky expression matches here. */
function take(reader: Reader, sticky: RegExp): string {
  sticky.lastIndex = reader.at;
  const [text = ''] = sticky.exec(reader.pattern) ?? [];
  reader.at += text.length;
  return text;
}

function readGroup(reader: Reader): string {
  const opening = take(reader, /\?(?:<?[=!]|:|<[^>]*>)/uy);
  const captures = opening === '' || opening.endsWith('>');
  const number = String(reader.groups.size + 1);
  if (captures) reader.groups.set(number, '');
  const text = readAlternatives(reader);
  reader.at += 1;
  if (captures) reader.groups.set(number, text);
  if (captures && opening !== '') reader.groups.set(opening.slice(1), text);
  return /[=!]$/u.test(opening) ? '' : text;
}

/** How often the atom before stands. */
function readCount(reader: Reader): number {
  const quantifier = take(reader, /(?:[*+?]|\{\d+(?:,\d*)?\})\??/uy);
  if (quantifier === '') return 1;
  const [least, most] = toBounds(quantifier);
  return Math.min(least + reader.extra, most);
}

function toBounds(quantifier: string): [least: number, most: number] {
  if (quantifier.startsWith('*')) return [0, Number.POSITIVE_INFINITY];
  if (quantifier.startsWith('+')) return [1, Number.POSITIVE_INFINITY];
  if (quantifier.startsWith('?')) return [0, 1];
  const [least = '', most = least] = quantifier.replace(/[{}?]/gu, '').split(',');
  return [Number(least), most === '' ? Number.POSITIVE_INFINITY : Number(most)];
}

function readEscape(reader: Reader): string {
  const boundary = take(reader, /[bB]/uy);
  if (boundary !== '') return '';
  const group = take(reader, /[1-9]\d*|k<[^>]*>/uy);
  if (group !== '') return reader.groups.get(group.replace('k', '')) ?? '';
  const code = take(reader, /x[\da-f]{2}|u[\da-f]{4}|u\{[\da-f]{1,6}\}/iuy);
  if (code !== '') return toCharacter(Number.parseInt(code.replace(/[xu{}]/gu, ''), 16));
  const source = take(reader, /[dDwWsSnrtfv0]|c[a-z]|[pP]\{[^}]*\}/iuy);
  return source === '' ? take(reader, /./suy) : pickMember(`\\${source}`, reader.variant);
}

const toCharacter = (codePoint: number): string => (codePoint > 0x10ffff ? '' : String.fromCodePoint(codePoint));

/** Ordinary characters first, and a few of other scripts for classes that ask for them. */
const candidates = [
  ...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ123456789',
  ...Array.from({ length: 128 }, (_, code) => String.fromCharCode((code + 32) % 128)),
  ...'éßñøЯяΩωאعあア漢가हกა€°…🙂',
];

/** A member of a character class or class escape; nothing when none is known. */
function pickMember(source: string, variant: number): string {
  const members = findMembers(source);
  return members[variant % members.length] ?? /[^[\]\\^-]/u.exec(source)?.[0] ?? '';
}

/** To ask about one character takes a fixed time, whatever the class. */
function findMembers(source: string): string[] {
  try {
    const expression = new RegExp(`^${source}$`, 'u');
    return [...new Set(candidates.filter((character) => expression.test(character)))];
  } catch {
    return [];
  }
}
