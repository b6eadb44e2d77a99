import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { JsonScanner } from '../../../src/http/body/json-scanner.ts';
import { createRandom } from '../../helpers/random.ts';

type Random = (below: number) => number;

const boundless = { values: Number.POSITIVE_INFINITY, levels: Number.POSITIVE_INFINITY };

const countValues = (value: unknown): number =>
  isHolder(value) ? Object.values(value).reduce<number>((sum, child) => sum + countValues(child), 1) : 1;

const countLevels = (value: unknown): number =>
  isHolder(value) ? 1 + Math.max(0, ...Object.values(value).map(countLevels)) : 0;

const isHolder = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** Texts that end a string early, or late, in a reader that gets escapes wrong. */
const texts = [
  '',
  'a',
  '"',
  '\\',
  '\\"',
  '[{,}]',
  '\n\t',
  'größer',
  '😀',
  '\ud800',
  'x'.repeat(70),
  `${'y'.repeat(63)}\\`,
];

function makeText(random: Random): string {
  return Array.from({ length: random(4) }, () => texts[random(texts.length)]).join('');
}

function makeValue(random: Random, levels: number): unknown {
  const kind = random(levels > 0 ? 8 : 5);
  if (kind === 0) return null;
  if (kind === 1) return random(2) === 0;
  if (kind === 2) return random(1e6) / 7;
  if (kind < 5) return makeText(random);
  const children = Array.from({ length: random(5) }, () => makeValue(random, levels - 1));
  if (kind < 7) return children;
  return Object.fromEntries(children.map((child, index) => [`${makeText(random)}${index}`, child]));
}

/** Cut anywhere, also within characters and escapes. */
function* cut(bytes: Buffer, random: Random): Generator<Buffer> {
  for (let start = 0; start < bytes.length; ) {
    const end = start + 1 + random(random(2) === 0 ? 3 : 200);
    yield bytes.subarray(start, end);
    start = end;
  }
}

function scan(chunks: Iterable<Buffer>, bounds = boundless): JsonScanner {
  const scanner = new JsonScanner(bounds, 'request body');
  for (const chunk of chunks) scanner.scan(chunk);
  return scanner;
}

describe('the scanner of JSON', () => {
  const seed = 20_261_129;

  test(`counts what JSON.parse finds, wherever the text is cut (seed ${seed})`, () => {
    const random = createRandom(seed);
    for (let round = 0; round < 3000; round += 1) {
      const value = makeValue(random, 5);
      const text = JSON.stringify(value, null, random(3));
      const bytes = Buffer.from(text);
      const [values, levels] = [countValues(value), countLevels(value)];
      assert.equal(scan([bytes]).values, values, text);
      assert.equal(scan(cut(bytes, random)).values, values, text);
      scan(cut(bytes, random), { values, levels });
      if (values > 1)
        assert.throws(() => scan(cut(bytes, random), { values: values - 1, levels }), tooMany(values - 1));
      if (levels > 0)
        assert.throws(() => scan(cut(bytes, random), { values, levels: levels - 1 }), tooDeep(levels - 1));
    }
  });

  const tooMany = (values: number) => ({
    code: 'request_too_large',
    status: 413,
    message: `The request body has more than ${values} JSON values.`,
  });
  const tooDeep = (levels: number) => ({
    code: 'invalid_value',
    status: 400,
    message: `The request body is nested more than ${levels} levels deep.`,
  });

  for (const [text, values] of [
    ['""', 1],
    ['[]', 1],
    [' [ \n ] ', 1],
    ['{ }', 1],
    ['[[],{}]', 3],
    ['[1,2]', 3],
    ['{"a,b":"[,]"}', 2],
    ['["\\\\",","]', 3],
    ['["\\"",","]', 3],
    ['\ufeff[1]', 2],
    ['{"a":1,"a":2}', 3],
    ['{"__proto__":[]}', 2],
  ] as const) {
    test(`counts ${values} in ${JSON.stringify(text)}`, () => {
      assert.equal(scan([Buffer.from(text)]).values, values);
      assert.equal(scan(Array.from(Buffer.from(text), (byte) => Buffer.from([byte]))).values, values);
    });
  }

  test('takes bytes that are no UTF-8 for a part of their string', () => {
    const bytes = Buffer.concat([Buffer.from('["caf'), Buffer.from([0xe9]), Buffer.from('",1]')]);
    assert.equal(scan([bytes]).values, 3);
  });

  test('refuses at the first value or level too many, before the text has ended', () => {
    const bounds = { values: 100, levels: 10 };
    assert.throws(() => scan([Buffer.from(`[${'"",'.repeat(100)}`)], bounds), tooMany(100));
    assert.throws(() => scan([Buffer.from('[[],'.repeat(101))], bounds), { code: /request_too_large|invalid_value/ });
    assert.throws(() => scan([Buffer.from('['.repeat(11))], bounds), tooDeep(10));
    assert.throws(() => scan([Buffer.from('{"a":'.repeat(11))], bounds), tooDeep(10));
    assert.throws(() => scan([Buffer.from('{"a":['.repeat(6))], bounds), tooDeep(10));
  });
});
