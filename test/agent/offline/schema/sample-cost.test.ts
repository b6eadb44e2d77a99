/** Schemas that took the offline agent from a quarter of a second to minutes on the main thread. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createSampleBudget, sampleSchema } from '../../../../src/agent/offline/schema/sample-schema.ts';
import { ApiError } from '../../../../src/errors/api-error.ts';

type Schema = Record<string, unknown>;

/** CPU time, which other work of the machine does not affect. */
const cpuMs = 150;

const list = <T>(length: number, make: (index: number) => T): T[] => Array.from({ length }, (_, index) => make(index));
const map = (length: number, make: (index: number) => unknown): Schema =>
  Object.fromEntries(list(length, (index) => [`a${index}`, make(index)]));

const integer = { type: 'integer' };
/** Samples one schema as often as the budget allows. */
const often = (schema: Schema): Schema => ({
  anyOf: list(2000, () => ({ $ref: '#/$defs/a' })),
  $defs: { a: { type: 'none', ...schema } },
});

function nestedFanOut(levels: number): Schema {
  const $defs = map(levels + 1, (level) => {
    if (level === 0) return { type: 'number' };
    const below = { $ref: `#/$defs/a${level - 1}` };
    return { type: 'object', properties: { a: below, b: below }, required: ['a', 'b'] };
  });
  return { $ref: `#/$defs/a${levels}`, $defs };
}

const hostile: [attack: string, schema: Schema][] = [
  ['1,500 different integers', { type: 'array', items: integer, minItems: 1500, uniqueItems: true }],
  [
    '2,000 different numbers between bounds',
    { type: 'array', items: { type: 'number', minimum: 0, maximum: 1 }, minItems: 1999, uniqueItems: true },
  ],
  [
    'bounds that no number fits, in 5,000 ways',
    { anyOf: list(5000, (at) => ({ ...integer, minimum: at + 0.1, maximum: at + 0.2, multipleOf: 7.3 })) },
  ],
  [
    'names that require a hundred others each',
    {
      type: 'array',
      minItems: 300,
      items: { required: ['a0'], dependentRequired: map(100, () => list(100, (at) => `a${at}`)) },
    },
  ],
  ['20,000 dependent names in every item', { minItems: 1500, items: { dependentRequired: map(20_000, () => []) } }],
  ['properties that double at every level', nestedFanOut(24)],
  ['40,000 required names', { type: 'object', required: list(40_000, (at) => `r${at}`) }],
  ['a schema of 20,000 unknown keywords', often(map(20_000, () => 1))],
  ['a reference of 200 KB', often({ $ref: `#${'/x'.repeat(100_000)}` })],
  ['large constants', often({ allOf: [{ const: list(10_000, (at) => at) }, { const: list(10_001, (at) => at) }] })],
  ['enums that share little', { allOf: list(50, (shift) => ({ enum: list(900, (at) => ({ v: at + shift })) })) }],
  ['20,000 types on both sides', { allOf: list(2, (side) => ({ type: list(20_000, (at) => `${side} ${at}`) })) }],
  ['20,000 types and 20,000 values', { type: list(20_000, (at) => `t${at}`), enum: list(20_000, (at) => at) }],
  [
    '5,000 patterns for each name',
    { type: 'object', minProperties: 1999, patternProperties: map(5000, () => true), additionalProperties: integer },
  ],
  [
    '40,000 character classes',
    {
      minItems: 1000,
      prefixItems: list(400, (at) => ({
        pattern: list(100, (index) => `[${String.fromCodePoint(0x4e00 + at * 100 + index)}a]`).join(''),
      })),
    },
  ],
  ['25,000 properties in every item', { minItems: 2000, items: { properties: map(25_000, () => ({})) } }],
];

function measure(work: () => void): number {
  const before = process.cpuUsage();
  try {
    work();
  } catch (error) {
    assert.ok(error instanceof ApiError && error.code === 'invalid_value', `${error}`);
  }
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

describe('the time that a sample takes', () => {
  for (const [attack, schema] of hostile) {
    test(`is bounded for ${attack}`, () => {
      const took = measure(() => sampleSchema(schema));
      assert.ok(took < cpuMs, `took ${took} ms`);
    });
  }

  test('is bounded for all calls of one reply together', () => {
    const budget = createSampleBudget();
    const took = measure(() => {
      for (const schema of list(100, () => nestedFanOut(24))) {
        assert.throws(() => sampleSchema(schema, budget), { code: 'invalid_value' });
      }
    });
    assert.ok(took < 2 * cpuMs, `took ${took} ms`);
  });
});
