/**
 * Translates a regular expression from ECMA-262 to RE2 syntax with the same meaning. Returns `undefined` for
 * lookaround and back-references, which RE2 does not support. RE2 itself rejects other unsupported syntax.
 */
export function translatePattern(pattern: string): string | undefined {
  const reader = { pattern, at: 0 };
  let translated = '';
  while (reader.at < pattern.length) {
    const part = pattern[reader.at] === '[' ? readClass(reader) : readPart(reader);
    if (part === undefined) return undefined;
    translated += part;
  }
  return translated;
}

interface Reader {
  pattern: string;
  at: number;
}

/** White space as ECMA-262 defines it, and all other characters, as ranges. */
const space = '\\t-\\r \\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}\\x{205f}\\x{3000}\\x{feff}';
const notSpace =
  '\\x{0}-\\x{8}\\x{e}-\\x{1f}!-\\x{9f}\\x{a1}-\\x{167f}\\x{1681}-\\x{1fff}\\x{200b}-\\x{2027}\\x{202a}-\\x{202e}' +
  '\\x{2030}-\\x{205e}\\x{2060}-\\x{2fff}\\x{3001}-\\x{fefe}\\x{ff00}-\\x{10ffff}';
const anything = '[\\x{0}-\\x{10ffff}]';
const nothing = '[^\\x{0}-\\x{10ffff}]';
const notLineEnd = '[^\\n\\r\\x{2028}\\x{2029}]';

function readPart(reader: Reader): string | undefined {
  const { pattern } = reader;
  if (pattern[reader.at] === '\\') return readEscape(reader, false);
  const opening = take(reader, /\((?:\?(?:<?[=!]|<[^=!>][^>]*>)?)?/uy);
  if (opening !== '') return /[=!]$/.test(opening) ? undefined : opening.startsWith('(?<') ? '(' : opening;
  const [character = ''] = takeCharacter(reader);
  return character === '.' ? notLineEnd : character;
}

function readClass(reader: Reader): string | undefined {
  const opening = take(reader, /\[\^?/uy);
  if (reader.pattern[reader.at] === ']') {
    reader.at += 1;
    return opening === '[' ? nothing : anything;
  }
  let members = '';
  while (reader.at < reader.pattern.length && reader.pattern[reader.at] !== ']') {
    const escaped = reader.pattern[reader.at] === '\\';
    const member = escaped ? readEscape(reader, true) : quoteMember(takeCharacter(reader));
    if (member === undefined) return undefined;
    members += escapeLooseHyphen(member, { members, reader });
  }
  reader.at += 1;
  return `${opening}${members}]`;
}

/** Escapes the hyphen of classes like `[\w-.]`, which are valid only without the flag `u`: it is literal there. */
function escapeLooseHyphen(member: string, { members, reader }: { members: string; reader: Reader }): string {
  if (member !== '-') return member;
  const before = /\\[dDwW]$|\\[pP]\{[^}]*\}$/.test(members) || members.endsWith(space) || members.endsWith(notSpace);
  const after = /^\\[dDwWsSpP]/.test(reader.pattern.slice(reader.at, reader.at + 2));
  return before || after ? '\\-' : member;
}

const quoteMember = (character: string): string => (character === '[' ? '\\[' : character);

function readEscape(reader: Reader, inClass: boolean): string | undefined {
  const { pattern } = reader;
  reader.at += 1;
  if (!inClass && /[1-9k]/.test(pattern[reader.at] ?? '')) return undefined;
  const code = take(reader, /u\{[\da-f]+\}|ud[89ab][\da-f]{2}\\ud[c-f][\da-f]{2}|u[\da-f]{4}|x[\da-f]{2}/iuy);
  if (code !== '') return `\\x{${toCodePoint(code).toString(16)}}`;
  const control = take(reader, /c[a-z]/iuy);
  if (control !== '') return `\\x{${(control.charCodeAt(1) % 32).toString(16)}}`;
  const property = take(reader, /[pP]\{[^}]*\}/uy);
  if (property !== '') return `\\${toProperty(property)}`;
  const character = takeCharacter(reader);
  switch (character) {
    case '0':
      return '\\x{0}';
    case 's':
      return inClass ? space : `[${space}]`;
    case 'S':
      return inClass ? notSpace : `[${notSpace}]`;
    // Python's anchors: as literals they would need no backslash.
    case 'A':
      return inClass ? character : '\\A';
    case 'Z':
    case 'z':
      return inClass ? character : '\\z';
    case 'b':
      return inClass ? '\\x{8}' : '\\b';
    default:
      // RE2 and ECMA-262 agree on these. Any other character is literal.
      return /^[dDwWBnrtfv]$/.test(character) ? `\\${character}` : quote(character);
  }
}

const quote = (character: string): string =>
  /^[A-Za-z0-9\u0080-\u{10ffff}]$/u.test(character) ? character : `\\${character}`;

/** Reads `u0041`, `u{1f600}`, `x41` or a pair of surrogates. */
function toCodePoint(code: string): number {
  const [high = 0, low] = [...code.matchAll(/[\da-f]+/gi)].map(([digits]) => Number.parseInt(digits, 16));
  return low === undefined ? high : (high - 0xd800) * 0x400 + (low - 0xdc00) + 0x10000;
}

/** Translates names like `\p{Letter}` and `\p{Script=Greek}` to `\p{L}` and `\p{Greek}` of RE2. */
function toProperty(property: string): string {
  const [, sign = 'p', name = ''] =
    /^([pP])\{(?:(?:General_Category|gc|Script|sc|Script_Extensions|scx)=)?([^}]*)\}$/.exec(property) ?? [];
  return `${sign}{${longNames.get(name) ?? name}}`;
}

const longNames = new Map([
  ['Letter', 'L'],
  ['Uppercase_Letter', 'Lu'],
  ['Lowercase_Letter', 'Ll'],
  ['Titlecase_Letter', 'Lt'],
  ['Modifier_Letter', 'Lm'],
  ['Other_Letter', 'Lo'],
  ['Mark', 'M'],
  ['Combining_Mark', 'M'],
  ['Nonspacing_Mark', 'Mn'],
  ['Spacing_Mark', 'Mc'],
  ['Enclosing_Mark', 'Me'],
  ['Number', 'N'],
  ['Decimal_Number', 'Nd'],
  ['digit', 'Nd'],
  ['Letter_Number', 'Nl'],
  ['Other_Number', 'No'],
  ['Punctuation', 'P'],
  ['punct', 'P'],
  ['Connector_Punctuation', 'Pc'],
  ['Dash_Punctuation', 'Pd'],
  ['Open_Punctuation', 'Ps'],
  ['Close_Punctuation', 'Pe'],
  ['Initial_Punctuation', 'Pi'],
  ['Final_Punctuation', 'Pf'],
  ['Other_Punctuation', 'Po'],
  ['Symbol', 'S'],
  ['Math_Symbol', 'Sm'],
  ['Currency_Symbol', 'Sc'],
  ['Modifier_Symbol', 'Sk'],
  ['Other_Symbol', 'So'],
  ['Separator', 'Z'],
  ['Space_Separator', 'Zs'],
  ['Line_Separator', 'Zl'],
  ['Paragraph_Separator', 'Zp'],
  ['Other', 'C'],
  ['Control', 'Cc'],
  ['cntrl', 'Cc'],
  ['Format', 'Cf'],
  ['Private_Use', 'Co'],
]);

function take(reader: Reader, sticky: RegExp): string {
  sticky.lastIndex = reader.at;
  const [text = ''] = sticky.exec(reader.pattern) ?? [];
  reader.at += text.length;
  return text;
}

/** Takes one code point. Empty at the end. */
const takeCharacter = (reader: Reader): string => take(reader, /[\s\S]/uy);
