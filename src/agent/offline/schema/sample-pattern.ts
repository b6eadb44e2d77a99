import { offlineLimits } from '../offline-limits.ts';

export interface PatternChoice {
  /** Index of the member to take from each character class. */
  variant: number;
  /** Number of repetitions beyond the minimum of each quantifier. */
  extra: number;
  /** Caches the members of each class between calls. */
  members: Map<string, string[]>;
}

interface Reader extends PatternChoice {
  pattern: string;
  at: number;
  /** Whether the expression contains something unsupported. */
  failed: boolean;
}

/**
 * Returns a string that a regular expression should match, without running the expression. It takes first alternatives
 * and the minimum of each quantifier, as modified by `choice`. Text for a lookahead is placed before the rest;
 * negative lookaheads are ignored. Returns `undefined` when the expression or the match is too long, or for an
 * expression with a back-reference or a class without a known member.
 */
export function samplePattern(pattern: string, choice: PatternChoice): string | undefined {
  if (pattern.length > offlineLimits.patternCharacters) return undefined;
  const reader: Reader = { ...choice, pattern, at: 0, failed: false };
  const match = readAlternatives(reader);
  return reader.failed || match.length > offlineLimits.sampleCharacters ? undefined : match;
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

/** Repeats an atom. Stops just above the limit, where the match is rejected anyway. */
function repeat(atom: string, count: number): string {
  return atom.repeat(Math.min(count, 1 + offlineLimits.sampleCharacters / Math.max(atom.length, 1)));
}

function readAtom(reader: Reader): string {
  const character = take(reader, /./suy);
  switch (character) {
    case '^':
    case '$':
      return '';
    case '.':
      return pickMember('.', reader);
    case '(':
      return readGroup(reader);
    case '[':
      return pickMember(`[${take(reader, /(?:\\.|[^\]\\])*\]?/suy)}`, reader);
    case '\\':
      return readEscape(reader);
    default:
      return character;
  }
}

/** Reads the match of a sticky expression at the current position. */
function take(reader: Reader, sticky: RegExp): string {
  sticky.lastIndex = reader.at;
  const [text = ''] = sticky.exec(reader.pattern) ?? [];
  reader.at += text.length;
  return text;
}

function readGroup(reader: Reader): string {
  // Flags for the rest of the expression, as in Python.
  if (take(reader, /\?[a-z]+(?=\))/uy) !== '') return skipGroup(reader);
  const opening = take(reader, /\?(?:<?[=!]|[a-z-]*:|P?<[^>]*>)/uy);
  if (opening === '' && reader.pattern[reader.at] === '?') reader.failed = true;
  const text = readAlternatives(reader);
  reader.at += 1;
  return opening.endsWith('!') ? '' : text;
}

function skipGroup(reader: Reader): string {
  reader.at += 1;
  return '';
}

/** Reads a quantifier and returns the number of repetitions. */
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
  if (take(reader, /[bBAZz]/uy) !== '') return '';
  if (take(reader, /[1-9k]/uy) !== '') reader.failed = true;
  const code = take(reader, /x[\da-f]{2}|u[\da-f]{4}|u\{[\da-f]{1,6}\}/iuy);
  if (code !== '') return toCharacter(Number.parseInt(code.replace(/[xu{}]/gu, ''), 16));
  const source = take(reader, /[dDwWsSnrtfv0]|[pP]\{[^}]*\}/uy);
  return source === '' ? take(reader, /./suy) : pickMember(`\\${source}`, reader);
}

const toCharacter = (codePoint: number): string => (codePoint > 0x10ffff ? '' : String.fromCodePoint(codePoint));

/** Candidates for members of a class: common characters first, then a few of other scripts. */
const candidates = [
  ...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ123456789',
  ...Array.from({ length: 128 }, (_, code) => String.fromCharCode((code + 32) % 128)),
  ...'éßñøЯяΩωאعあア漢가हกა€°…🙂',
];

function pickMember(source: string, reader: Reader): string {
  const members = reader.members.get(source) ?? findMembers(source);
  reader.members.set(source, members);
  const member = members[reader.variant % members.length];
  if (member === undefined) reader.failed = true;
  return member ?? '';
}

/** Returns the candidates in a class. Testing one character takes constant time, whatever the class. */
function findMembers(source: string): string[] {
  const expression = compile(`^${source}$`, 'u') ?? compile(`^${source}$`, '');
  return [...new Set(candidates.filter((character) => expression?.test(character)))];
}

/** Some classes are valid only without the flag `u`. */
function compile(source: string, flags: string): RegExp | undefined {
  try {
    return new RegExp(source, flags);
  } catch {
    return undefined;
  }
}
