/** Schemas as the libraries and tools of clients write them are accepted, and mean what they mean there. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { zodResponseFormat, zodTextFormat } from 'openai/helpers/zod';
import { z } from 'zod';
import { checkSchema } from '../../src/schemas/check-schema.ts';
import { compileSchema } from '../../src/schemas/compile-schema.ts';

type Schema = Record<string, unknown>;

function fits(schema: Schema, value: unknown): boolean {
  checkSchema(schema, { param: 'schema', bytes: 256 * 1024 });
  return compileSchema(schema).complain(value, { steps: 10_000, levels: 200 }) === undefined;
}

const person = z.object({
  name: z.string().min(1),
  age: z.number().int().min(0).max(150),
  email: z.string().email().nullable(),
  role: z.enum(['admin', 'user']),
  tags: z.array(z.string()).max(3),
  contact: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('phone'), number: z.string().regex(/^\+\d+$/) }),
    z.object({ kind: z.literal('post'), street: z.string() }),
  ]),
});
const ada = {
  ...{ name: 'Ada', age: 36, email: null, role: 'admin', tags: ['a'] },
  contact: { kind: 'phone', number: '+4412' },
};
const wrong = [
  { ...ada, name: '' },
  { ...ada, age: 36.5 },
  { ...ada, email: 7 },
  { ...ada, role: 'owner' },
  { ...ada, tags: ['a', 'b', 'c', 'd'] },
  { ...ada, contact: { kind: 'phone', number: '4412' } },
  { ...ada, contact: { kind: 'post', number: '+4412' } },
  { ...ada, other: 1 },
  { name: 'Ada' },
];

const ofZod: [target: string, schema: Schema][] = [
  ['draft 2020-12', z.toJSONSchema(person)],
  ['draft-07', z.toJSONSchema(person, { target: 'draft-7' })],
  ['draft 2020-12 with every schema reused', z.toJSONSchema(person, { reused: 'ref' })],
  ['the response format of the OpenAI SDK', zodResponseFormat(person, 'person').json_schema.schema ?? {}],
  ['the text format of the OpenAI SDK', zodTextFormat(person, 'person').schema],
];

describe('what zod writes', () => {
  for (const [target, schema] of ofZod) {
    it(`is checked as zod does it: ${target}`, () => {
      assert.ok(fits(schema, ada));
      for (const value of wrong) assert.ok(!fits(schema, value), JSON.stringify(value));
    });
  }

  it('may refer to itself, and have records, tuples and unions', () => {
    const Tree = z.object({
      value: z.number(),
      get children() {
        return z.array(Tree);
      },
    });
    assert.ok(fits(z.toJSONSchema(Tree), { value: 1, children: [{ value: 2, children: [] }] }));
    assert.ok(!fits(z.toJSONSchema(Tree), { value: 1, children: [{ value: 'x', children: [] }] }));
    const mixed = z.toJSONSchema(
      z.object({
        counts: z.record(z.string(), z.int()),
        pair: z.tuple([z.string(), z.number()]),
        either: z.union([z.string(), z.boolean()]).default('x'),
        when: z.iso.datetime(),
      }),
    );
    const value = { counts: { a: 1 }, pair: ['a', 1], either: true, when: '2026-01-01T00:00:00Z' };
    assert.ok(fits(mixed, value));
    assert.ok(!fits(mixed, { ...value, counts: { a: 'x' } }));
    assert.ok(!fits(mixed, { ...value, pair: [1, 'a'] }));
    assert.ok(!fits(mixed, { ...value, either: 7 }));
  });
});

const pydantic: Schema = {
  $defs: {
    Cat: {
      properties: { kind: { const: 'cat', title: 'Kind', type: 'string' }, lives: { title: 'Lives', type: 'integer' } },
      required: ['kind', 'lives'],
      title: 'Cat',
      type: 'object',
    },
    Dog: {
      properties: { kind: { const: 'dog', title: 'Kind', type: 'string' } },
      required: ['kind'],
      title: 'Dog',
      type: 'object',
    },
    Size: { enum: ['small', 'large'], title: 'Size', type: 'string' },
  },
  properties: {
    pet: {
      discriminator: { mapping: { cat: '#/$defs/Cat', dog: '#/$defs/Dog' }, propertyName: 'kind' },
      oneOf: [{ $ref: '#/$defs/Cat' }, { $ref: '#/$defs/Dog' }],
      title: 'Pet',
    },
    size: { anyOf: [{ $ref: '#/$defs/Size' }, { type: 'null' }], default: null },
    price: { anyOf: [{ type: 'number' }, { pattern: '^(?!^[-+.]*$)[+-]?0*\\d*\\.?\\d*$', type: 'string' }] },
    born: { format: 'date-time', title: 'Born', type: 'string' },
    point: { maxItems: 2, minItems: 2, prefixItems: [{ type: 'number' }, { type: 'number' }], type: 'array' },
  },
  required: ['pet'],
  title: 'Order',
  type: 'object',
};

const mcp: Schema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'https://example.com/tools/search.json',
  type: 'object',
  definitions: { range: { type: 'object', properties: { from: { type: 'integer', exclusiveMinimum: 0 } } } },
  properties: {
    query: { type: 'string', minLength: 1, description: 'Words.', examples: ['cats'], default: 'cats' },
    url: { type: 'string', format: 'uri', deprecated: true, 'x-order': 2 },
    range: { $ref: '#/definitions/range' },
    label: { type: 'string', nullable: true, readOnly: true },
    mode: { const: 'fast', 'x-enum-names': ['Fast'] },
    limit: { type: 'number', multipleOf: 0.1, default: 0.3 },
  },
  required: ['query'],
  additionalProperties: false,
  dependencies: { url: ['mode'] },
};

describe('what other tools write', () => {
  const cases: [Schema, fitting: unknown[], unfitting: unknown[]][] = [
    [
      pydantic,
      [
        { pet: { kind: 'cat', lives: 9 }, size: null },
        { pet: { kind: 'dog' }, size: 'small', price: '1.5', born: 'any text', point: [1, 2] },
      ],
      [{}, { pet: { kind: 'cat' } }, { pet: { kind: 'dog' }, size: 'huge' }, { pet: { kind: 'dog' }, point: [1] }],
    ],
    [
      mcp,
      [{ query: 'a' }, { query: 'a', url: 'no URI', mode: 'fast', label: null, limit: 0.3, range: { from: 1 } }],
      [
        { query: '' },
        { query: 'a', other: 1 },
        { query: 'a', url: 'x' },
        { query: 'a', limit: 0.35 },
        { query: 'a', range: { from: 0 } },
      ],
    ],
  ];
  for (const [schema, fitting, unfitting] of cases) {
    it(`is accepted and checked: ${schema['title'] ?? schema['$id']}`, () => {
      for (const value of fitting) assert.ok(fits(schema, value), JSON.stringify(value));
      for (const value of unfitting) assert.ok(!fits(schema, value), JSON.stringify(value));
    });
  }
});
