/** The raw material of generated requests: texts, numbers and ids that a server may mishandle. */
import type { CaseRandom } from './case-random.ts';

/** Short scripts of the offline agent. Each takes milliseconds. */
const scripts = [
  '/say hi',
  '/tokens 5',
  '/tokens 200',
  '/reason one two\n/say three',
  '/refuse no',
  '/call f {"a":1}',
  '/call f {"a":1}\n/call g {}',
  '/call f raw {"a":',
  '/run f {"a":1} => fine',
  '/limit 2\n/tokens 9',
  '/filter',
  '/status 429 retry-after 1',
  '/status 500',
  '/status 404',
  '/tokens 5\n/break after 2',
  '/wait 5ms\n/say late',
  '/call f {}\n/then\n/say done',
  '/say {"a":1}',
  '/say "a\\nb"',
  '/tokens x',
  '/limit -1',
];

const texts = [
  'Hello',
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  'x\udc00y',
  '\ufeff',
  '\u2028\u2029',
  '\u202eabc',
  '😀'.repeat(64),
  'e\u0301'.repeat(100),
  '<|endoftext|>',
  '\r\n\r\ndata: [DONE]\n\n',
  'a'.repeat(5_000),
  '"\\\\"',
  '%00%ff',
  '__proto__',
  'constructor',
  '../../etc/passwd',
  "'; DROP TABLE responses; --",
  '\u001b[31m',
  '1e400',
];

export const pickText = (random: CaseRandom): string => random.pick(random.once(2) ? scripts : texts);

/** Values for any place in a body. */
export const strangers: readonly unknown[] = [
  null,
  true,
  false,
  0,
  -0,
  -1,
  0.1,
  1e308,
  -1e308,
  5e-324,
  2 ** 31,
  2 ** 53,
  2 ** 63,
  1e21,
  '',
  '0',
  'null',
  'auto',
  '\u0000',
  '\ud800',
  'x'.repeat(70),
  'x'.repeat(20_000),
  [],
  {},
  [null],
  [[[[[]]]]],
  [{}],
  { type: null },
  { type: 'text' },
  { type: 'message', role: 'user', content: [] },
  { constructor: { prototype: 1 } },
  { toString: 1, valueOf: null, hasOwnProperty: 'x' },
  { length: -1 },
  JSON.parse('{"then":1}'),
  { toJSON: 1 },
  Array.from({ length: 300 }, (_, index) => index),
  Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`key${index}`, index])),
];

const prefixes = ['resp_', 'conv_', 'msg_', 'chatcmpl-', 'fc_', 'rs_', 'item_', 'req_', ''];

/** A path parameter, already encoded for a request line. */
export function pickId(random: CaseRandom): string {
  const id = random.pick(prefixes);
  switch (random(14)) {
    case 0:
      return `${id}${'0'.repeat(32)}`;
    case 1:
      return `${id}${'f'.repeat(31)}`;
    case 2:
      return `${id}%00`;
    case 3:
      return `${id}${'a'.repeat(random.pick([300, 4_000, 12_000]))}`;
    case 4:
      return random.pick(['%2e%2e', '%2e%2e%2f%2e%2e', '..%2f..', '%2F', '%5C', '.', '%20', '%0d%0aX-A:%20b']);
    case 5:
      return `${id}${random.pick(['%', '%zz', '%c3%28', '%ff', '%ed%a0%80', '%u0041', '%f0%9f%98%80'])}`;
    case 6:
      return random.pick(['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'null', 'undefined', 'NaN', '-0']);
    case 7:
      return `${id}${encodeURIComponent("' OR 1=1 --")}`;
    case 8:
      return `${id}${'0'.repeat(32)}${random.pick(['%00', '%20', '%0a', '?', ';a=b', '%3f', '#x'])}`;
    case 9:
      return `${id}${'A'.repeat(32)}`;
    case 10:
      return encodeURIComponent('é'.repeat(32));
    case 11:
      return `${random(1e9)}`;
    case 12:
      return ['input_tokens', 'compact', 'completions', 'items', 'cancel'][random(5)] ?? 'compact';
    default:
      return `${id}${Array.from({ length: 32 }, () => random(16).toString(16)).join('')}`;
  }
}

const values = [
  '',
  '0',
  '-1',
  '1',
  '100',
  '101',
  '1e3',
  '1.5',
  '0x10',
  'NaN',
  'Infinity',
  '9007199254740993',
  '99999999999999999999',
  '-9223372036854775809',
  'true',
  'false',
  'asc',
  'desc',
  'ASC',
  '%00',
  '%00',
  'a%00b',
  'msg_%00',
  '%ff',
  '%',
  '%F0%9F%98%80',
  '+',
  'null',
  '[]',
  '__proto__',
  'reasoning.encrypted_content',
  'message.output_text.logprobs',
  'x'.repeat(6_000),
];

const parameters = [
  'after',
  'limit',
  'order',
  'include',
  'include[]',
  'stream',
  'starting_after',
  'include_obfuscation',
  'model',
  'metadata[a]',
  'metadata[__proto__]',
  'metadata[a][b]',
  'metadata[]',
  'metadata',
  'before',
  'unknown',
];

/** A query string with its question mark, or nothing. */
export function pickQuery(random: CaseRandom): string {
  if (random.once(3)) return '';
  const count = random.once(20) ? 120 : 1 + random(4);
  const name = random.pick(parameters);
  const pairs = Array.from({ length: count }, () => {
    const value = random.once(4) ? pickId(random).slice(0, 300) : random.pick(values);
    return `${count > 100 ? name : random.pick(parameters)}=${count > 100 ? value.slice(0, 20) : value}`;
  });
  return `?${pairs.join('&')}`.replaceAll(/[ #]/g, '%20');
}
