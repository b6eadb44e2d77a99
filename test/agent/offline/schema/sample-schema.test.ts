import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';
import { sampleSchema } from '../../../../src/agent/offline/schema/sample-schema.ts';

type Schema = Record<string, unknown>;

const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);

function assertValid(schema: Schema, sample: unknown): void {
  const validate = ajv.compile(schema);
  assert.ok(validate(sample), `${JSON.stringify(sample)}: ${ajv.errorsText(validate.errors)}`);
}

const text = { type: 'string' };
const integer = { type: 'integer' };
const node = {
  type: 'object',
  properties: { value: integer, next: { anyOf: [{ $ref: '#/$defs/node' }, { type: 'null' }] } },
  required: ['value', 'next'],
  additionalProperties: false,
};

/** Checks that each sample is the expected one, and that an independent validator accepts it. */
const exact: [behaviour: string, schema: Schema, sample: unknown][] = [
  ['a string', text, 'string'],
  ['a number and an integer', { type: 'array', prefixItems: [{ type: 'number' }, integer] }, [1, 1]],
  ['a boolean', { type: 'boolean' }, true],
  ['null where nothing else is allowed', { type: 'null' }, null],
  ['something other than null where it may', { type: ['null', 'integer'] }, 1],
  ['a const', { const: { a: [1] } }, { a: [1] }],
  ['the first of an enum', { enum: ['b', 'a'] }, 'b'],
  ['the first of an enum that has the type', { type: 'string', enum: [null, 1, 'a'] }, 'a'],
  ['anything at all', {}, 'string'],
  ['an object where only its properties say so', { properties: { a: integer } }, { a: 1 }],
  ['a list where only its items say so', { items: integer }, [1]],
  ['an object without properties', { type: 'object' }, {}],
  [
    'optional properties too',
    { type: 'object', properties: { a: text, b: text }, required: ['a'] },
    { a: 'string', b: 'string' },
  ],
  [
    'properties in the order of the schema',
    { type: 'object', properties: { a: text, b: text }, required: ['b'] },
    { a: 'string', b: 'string' },
  ],
  ['a required property that is not described', { type: 'object', required: ['a'] }, { a: 'string' }],
  ['a reference and what stands beside it', { $ref: '#/$defs/a', maxLength: 3, $defs: { a: text } }, 'str'],
  ['a reference with escapes', { $ref: '#/$defs/a~1b%20c', $defs: { 'a/b c': { const: 1 } } }, 1],
  ['a reference into a list', { anyOf: [{ $ref: '#/anyOf/1' }, { const: 7 }] }, 7],
  [
    'a recursive value, ended as soon as it can',
    { ...node, $defs: { node } },
    { value: 1, next: { value: 1, next: null } },
  ],
  [
    'merged parts of allOf',
    { allOf: [{ properties: { a: integer } }, { properties: { a: { minimum: 5 }, b: text } }] },
    { a: 5, b: 'string' },
  ],
  ['the values that two enums share', { allOf: [{ enum: ['a', 'b'] }, { enum: ['b', 'c'] }] }, 'b'],
  ['the first branch of anyOf that can be', { type: 'string', anyOf: [{ type: 'number' }, { const: 'x' }] }, 'x'],
  [
    'a discriminated union',
    {
      oneOf: [
        { properties: { kind: { const: 'a' } }, required: ['kind'] },
        { properties: { kind: { const: 'b' } }, required: ['kind'] },
      ],
    },
    { kind: 'a' },
  ],
  [
    'a branch and what the schema says around it',
    { properties: { a: text }, required: ['a'], anyOf: [{ properties: { b: text } }] },
    { a: 'string', b: 'string' },
  ],
  [
    'a property called __proto__',
    JSON.parse('{"type":"object","properties":{"__proto__":{"type":"integer"}},"required":["__proto__"]}'),
    JSON.parse('{"__proto__":1}'),
  ],
];

describe('samples', () => {
  for (const [behaviour, schema, expected] of exact) {
    test(`contain ${behaviour}`, () => {
      const sample = sampleSchema(schema);
      assert.equal(JSON.stringify(sample), JSON.stringify(expected));
      assertValid(schema, sample);
    });
  }
});

const valid: [behaviour: string, schema: Schema][] = [
  ['inclusive bounds', { type: 'integer', minimum: 5, maximum: 5 }],
  ['a fractional bound of an integer', { type: 'integer', minimum: 0.5, maximum: 1.5 }],
  ['exclusive bounds of an integer', { type: 'integer', exclusiveMinimum: 4, exclusiveMaximum: 6 }],
  ['exclusive bounds of a number', { type: 'number', exclusiveMinimum: 0, exclusiveMaximum: 1 }],
  ['narrow bounds', { type: 'number', exclusiveMinimum: 0.1, exclusiveMaximum: 0.2 }],
  ['an upper bound alone', { type: 'number', exclusiveMaximum: -3 }],
  ['negative bounds', { type: 'integer', minimum: -9, maximum: -3 }],
  ['multipleOf', { type: 'integer', minimum: 7, multipleOf: 5 }],
  ['multipleOf below an upper bound', { type: 'integer', maximum: -7, multipleOf: 5 }],
  ['a fractional multipleOf', { type: 'number', minimum: 0.25, multipleOf: 0.1 }],
  ['a fractional multipleOf of an integer', { type: 'integer', minimum: 3, multipleOf: 2.5 }],
  ['minLength', { type: 'string', minLength: 40 }],
  ['maxLength', { type: 'string', maxLength: 2 }],
  ['minItems', { type: 'array', items: integer, minItems: 3 }],
  ['maxItems 0', { type: 'array', items: integer, maxItems: 0 }],
  ['items false', { type: 'array', prefixItems: [text], items: false }],
  [
    'prefixItems before items',
    { type: 'array', prefixItems: [text, integer], items: { type: 'boolean' }, minItems: 4 },
  ],
  ['contains', { type: 'array', items: integer, contains: { const: 5 }, minContains: 2 }],
  ['nested lists', { type: 'array', items: { type: 'array', items: { type: 'array', items: integer, minItems: 2 } } }],
  ['uniqueItems of integers', { type: 'array', items: integer, minItems: 5, uniqueItems: true }],
  [
    'uniqueItems within bounds',
    { type: 'array', items: { type: 'integer', minimum: 0, maximum: 2 }, minItems: 3, uniqueItems: true },
  ],
  [
    'uniqueItems of numbers between bounds',
    { type: 'array', items: { type: 'number', minimum: 0, maximum: 1 }, minItems: 9, uniqueItems: true },
  ],
  [
    'uniqueItems of strings',
    { type: 'array', items: { type: 'string', maxLength: 1 }, minItems: 9, uniqueItems: true },
  ],
  ['uniqueItems of an enum', { type: 'array', items: { enum: ['a', 'b', 'c'] }, minItems: 3, uniqueItems: true }],
  ['uniqueItems of booleans', { type: 'array', items: { type: 'boolean' }, minItems: 2, uniqueItems: true }],
  [
    'uniqueItems of objects',
    {
      type: 'array',
      items: { properties: { kind: { const: 'a' }, n: integer }, required: ['kind', 'n'] },
      minItems: 3,
      uniqueItems: true,
    },
  ],
  [
    'uniqueItems of lists',
    { type: 'array', items: { type: 'array', items: { const: 1 } }, minItems: 3, uniqueItems: true },
  ],
  [
    'uniqueItems with contains',
    { type: 'array', items: integer, contains: { const: 3 }, minItems: 4, uniqueItems: true },
  ],
  [
    'uniqueItems of formats',
    { type: 'array', items: { type: 'string', format: 'date' }, minItems: 40, uniqueItems: true },
  ],
  [
    'uniqueItems of a pattern',
    { type: 'array', items: { type: 'string', pattern: '^[A-Z]{2}$' }, minItems: 9, uniqueItems: true },
  ],
  ['minProperties', { type: 'object', properties: { a: text }, minProperties: 3, additionalProperties: integer }],
  [
    'minProperties of named ones alone',
    { type: 'object', properties: { a: text, b: text }, minProperties: 2, additionalProperties: false },
  ],
  ['maxProperties', { type: 'object', properties: { a: text, b: text, c: text }, required: ['c'], maxProperties: 2 }],
  [
    'patternProperties',
    { type: 'object', patternProperties: { '^n_': integer }, required: ['n_1'], additionalProperties: false },
  ],
  [
    'dependentRequired',
    { type: 'object', properties: { a: text, b: integer }, required: ['a'], dependentRequired: { a: ['b'], b: ['c'] } },
  ],
  [
    'an optional property that needs another',
    { type: 'object', properties: { a: text }, dependentRequired: { a: ['b'] }, additionalProperties: false },
  ],
  [
    'additionalProperties false on one side of allOf',
    { allOf: [{ properties: { a: text }, additionalProperties: false }, { properties: { b: text } }] },
  ],
  [
    'bounds on both sides of allOf',
    {
      allOf: [
        { type: 'integer', minimum: 3, maximum: 9 },
        { minimum: 5, maximum: 6 },
      ],
    },
  ],
  ['required on both sides of allOf', { allOf: [{ required: ['a'] }, { required: ['b'] }] }],
  ['items on both sides of allOf', { allOf: [{ items: integer, minItems: 1 }, { items: { minimum: 4 } }] }],
  [
    'a recursive list',
    {
      $ref: '#/$defs/n',
      $defs: {
        n: {
          type: 'object',
          properties: { k: { type: 'array', items: { $ref: '#/$defs/n' } } },
          required: ['k'],
          additionalProperties: false,
        },
      },
    },
  ],
  [
    'the whole schema referred to',
    { type: 'object', properties: { child: { anyOf: [{ $ref: '#' }, { type: 'null' }] } }, required: ['child'] },
  ],
  ['an optional property that refers to the whole', { type: 'object', properties: { a: text, child: { $ref: '#' } } }],
  [
    'types that refer to each other',
    {
      $ref: '#/$defs/a',
      $defs: {
        a: { properties: { b: { $ref: '#/$defs/b' } }, required: ['b'] },
        b: { properties: { a: { $ref: '#/$defs/a' } } },
      },
    },
  ],
  [
    'strict mode with nullable unions',
    {
      type: 'object',
      properties: {
        a: {
          anyOf: [
            {
              type: 'object',
              properties: { x: { type: ['string', 'null'] } },
              required: ['x'],
              additionalProperties: false,
            },
            { type: 'null' },
          ],
        },
      },
      required: ['a'],
      additionalProperties: false,
    },
  ],
  ['a format with minLength', { type: 'string', format: 'email', minLength: 30 }],
  ...[
    'date-time',
    'date',
    'time',
    'duration',
    'email',
    'hostname',
    'ipv4',
    'ipv6',
    'uri',
    'uri-reference',
    'uri-template',
    'uuid',
    'json-pointer',
    'relative-json-pointer',
    'regex',
    'unheard-of',
  ].map((format): [string, Schema] => [`the format ${format}`, { type: 'string', format, minLength: 1 }]),
];

describe('a sample', () => {
  for (const [behaviour, schema] of valid) {
    test(`satisfies ${behaviour}`, () => assertValid(schema, sampleSchema(schema)));
  }

  test('satisfies every schema of this server’s own contract', () => {
    const contract = parse(readFileSync(new URL('../../../../openapi.yaml', import.meta.url), 'utf8'));
    ajv.addSchema(contract, 'contract');
    for (const name of Object.keys(contract.components.schemas)) {
      const $ref = `#/components/schemas/${name}`;
      const sample = sampleSchema({ $ref, components: contract.components });
      assert.ok(ajv.validate({ $ref: `contract${$ref}` }, sample), `${name}: ${ajv.errorsText()}`);
    }
  });

  test('is the same each time', () => {
    for (const [, schema] of valid) assert.deepEqual(sampleSchema(schema), sampleSchema(schema));
  });

  test('leaves the schema unchanged', () => {
    for (const [, schema] of valid) {
      const before = structuredClone(schema);
      sampleSchema(schema);
      assert.deepEqual(schema, before);
    }
  });
});

describe('a schema without a sample', () => {
  const circle = { $ref: '#/$defs/a', $defs: { a: { $ref: '#/$defs/b' }, b: { $ref: '#/$defs/a' } } };
  const unsatisfiable: [behaviour: string, schema: Schema][] = [
    ['types that exclude each other', { allOf: [text, integer] }],
    ['consts that exclude each other', { allOf: [{ const: 1 }, { const: 2 }] }],
    ['a const of another type', { type: 'string', const: 1 }],
    ['enums that share nothing', { allOf: [{ enum: [1] }, { enum: [2] }] }],
    ['bounds that leave nothing', { type: 'integer', minimum: 2, maximum: 1 }],
    ['lengths that leave nothing', { type: 'string', minLength: 2, maxLength: 1 }],
    ['items that leave nothing', { type: 'array', items: false, minItems: 1 }],
    ['more items than minItems allows', { type: 'array', minItems: 2, maxItems: 1 }],
    [
      'more different items than there are',
      { type: 'array', items: { type: 'boolean' }, minItems: 3, uniqueItems: true },
    ],
    ['a required property that may not be', { type: 'object', required: ['a'], additionalProperties: false }],
    ['more properties than may be', { type: 'object', minProperties: 1, additionalProperties: false }],
    ['an endless value', { type: 'object', properties: { a: { $ref: '#' } }, required: ['a'] }],
    ['references in a circle', circle],
    ['a missing reference', { $ref: '#/$defs/none' }],
    ['another document', { $ref: 'https://example.com/schema.json' }],
    ['a type that does not exist', { type: 'text' }],
  ];
  for (const [behaviour, schema] of unsatisfiable) {
    test(`is refused: ${behaviour}`, () => {
      assert.throws(() => sampleSchema(schema), { code: 'invalid_value', status: 400 });
    });
  }
});

describe('hostile schemas', () => {
  /** Each type has ten properties of the next: 10^9 values. */
  const laughs = Object.fromEntries(
    Array.from({ length: 9 }, (_, level) => [
      `l${level}`,
      {
        properties: Object.fromEntries(
          Array.from({ length: 10 }, (__, i) => [`p${i}`, { $ref: `#/$defs/l${level + 1}` }]),
        ),
      },
    ]),
  );
  const everyOther = Object.fromEntries(
    Array.from({ length: 12 }, (_, i) => [
      `t${i}`,
      { properties: Object.fromEntries(Array.from({ length: 12 }, (__, j) => [`p${j}`, { $ref: `#/$defs/t${j}` }])) },
    ]),
  );
  const nest = (depth: number, wrap: (inner: unknown) => Schema): Schema => {
    let schema: Schema = text;
    for (let level = 0; level < depth; level++) schema = wrap(schema);
    return schema;
  };
  const classes = Array.from({ length: 100 }, (_, i) => `[${String.fromCodePoint(0x4e00 + i)}a]`).join('');

  const satisfied: [attack: string, schema: Schema][] = [
    ['a billion laughs', { $ref: '#/$defs/l0', $defs: { ...laughs, l9: text } }],
    ['types that all refer to each other', { $ref: '#/$defs/t0', $defs: everyOther }],
    [
      'ten thousand properties',
      { type: 'object', properties: Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`p${i}`, text])) },
    ],
    ['a thousand different items', { type: 'array', items: integer, minItems: 1000, uniqueItems: true }],
  ];
  const refused: [attack: string, schema: Schema][] = [
    ['a billion items', { type: 'array', items: integer, minItems: 1e9 }],
    ['a thousand thousand items', nest(2, (items) => ({ type: 'array', items, minItems: 1000 }))],
    ['a string of a billion characters', { type: 'string', minLength: 1e9 }],
    ['many long strings', { type: 'array', items: { type: 'string', minLength: 20_000 }, minItems: 100 }],
    [
      'many long patterns',
      { type: 'array', items: { type: 'string', pattern: classes, minLength: 9999 }, minItems: 1000 },
    ],
    ['a billion repetitions', { type: 'string', pattern: '((a{9999}){9999}){9999}' }],
    ['a million properties', { type: 'object', minProperties: 1e6 }],
    ['deep nesting', nest(5000, (items) => ({ type: 'array', items, minItems: 1 }))],
    ['deep allOf', nest(5000, (part) => ({ allOf: [part] }))],
    [
      'choices that multiply',
      {
        allOf: Array.from({ length: 40 }, () => ({ anyOf: [{ minLength: 2 }, { minLength: 3 }] })),
        type: 'string',
        maxLength: 1,
      },
    ],
  ];
  for (const [attack, schema] of satisfied) {
    test(`are sampled quickly: ${attack}`, () => within(1000, () => assert.ok(sampleSchema(schema) !== undefined)));
  }
  for (const [attack, schema] of refused) {
    test(`are refused quickly: ${attack}`, () =>
      within(1000, () => assert.throws(() => sampleSchema(schema), { code: 'invalid_value' })));
  }

  function within(milliseconds: number, work: () => void): void {
    const before = process.cpuUsage();
    work();
    const took = process.cpuUsage(before).user / 1000;
    assert.ok(took < milliseconds, `took ${took} ms`);
  }
});
