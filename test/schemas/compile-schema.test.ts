import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { compileSchema } from '../../src/schemas/compile-schema.ts';
import { TooExpensive } from '../../src/schemas/scope.ts';

type Schema = Record<string, unknown>;

const roomy = { steps: 1e6, levels: 1000 };
const complain = (schema: Schema, value: unknown) => compileSchema(schema).complain(value, roomy);
const parse = (text: string) => JSON.parse(text);

/** A list whose items a referring schema may narrow. */
const openList = {
  ...{ $id: 'https://example.org/list', type: 'array', items: { $dynamicRef: '#item' } },
  $defs: { item: { $dynamicAnchor: 'item' } },
};
const narrowTo = ($id: string, type: string) => ({
  ...{ $id, $ref: 'https://example.org/list' },
  $defs: { own: { $dynamicAnchor: 'item', type } },
});
/** A list of strings or one of numbers, both by the same list. */
const narrowed: Schema = {
  $id: 'https://example.org/either',
  anyOf: [{ $ref: 'strings' }, { $ref: 'numbers' }],
  $defs: { openList, strings: narrowTo('strings', 'string'), numbers: narrowTo('numbers', 'number') },
};
/** A tree that another schema extends: properties that neither names are refused at every level. */
const strictTree: Schema = {
  ...{ $id: 'https://example.org/strict', $dynamicAnchor: 'node', $ref: 'tree', unevaluatedProperties: false },
  $defs: {
    tree: {
      ...{ $id: 'tree', $dynamicAnchor: 'node', type: 'object' },
      properties: { data: true, children: { type: 'array', items: { $dynamicRef: '#node' } } },
    },
  },
};

describe('a compiled schema', () => {
  const fitting: [Schema, unknown][] = [
    [{ prefixItems: [{ type: 'string' }], items: false }, ['a']],
    [{ $async: true, type: 'object' }, {}],
    [{ type: 'string', nullable: true }, null],
    [{ properties: { next: { $ref: '#' } }, additionalProperties: false }, { next: { next: {} } }],
    [{ $dynamicAnchor: 'n', properties: { a: { $dynamicRef: '#n' } }, type: 'object' }, { a: {} }],
    [{ $id: 'https://example.org/a', $defs: { b: { $id: 'b', type: 'null' } }, items: { $ref: 'b' } }, [null]],
    [{ $ref: '#/$defs/a~1b~0c%20d', $defs: { 'a/b~c d': { type: 'string' } } }, 'a'],
    [{ uniqueItems: true }, [1, '1', [1], { a: 1, b: 2 }]],
    [{ minLength: 2, maxLength: 2 }, '🙂🙂'],
    [{ oneOf: [{ minimum: 1 }, { minimum: 5 }] }, 3],
    // biome-ignore lint/suspicious/noThenProperty: it is a keyword.
    [{ if: { type: 'string' }, then: { minLength: 1 }, else: { type: 'number' } }, 1],
    [{ contains: { type: 'null' }, minContains: 0, maxContains: 1 }, []],
    [
      { anyOf: [{ properties: { a: true } }, { properties: { b: true } }], unevaluatedProperties: false },
      { a: 1, b: 1 },
    ],
    [{ const: { a: 1, b: 2 } }, parse('{"b":2,"a":1.0}')],
    [{ pattern: 'b' }, 'abc'],
    [{ pattern: '^\\p{digit}+$' }, '४२'],
    [{ multipleOf: 0.1 }, 0.3],
    [{ multipleOf: 0.0001 }, 0.0075],
    [{ multipleOf: 0.5 }, 1e308],
    [{ multipleOf: 0.01 }, -0.29],
    [{ multipleOf: 1e-8 }, 12_391_239_123],
    [narrowed, ['a', 'b']],
    [narrowed, [1, 2]],
    [openList, ['a', 1]],
    [strictTree, { children: [{ data: 1, children: [] }] }],
    [{ required: [''] }, { '': 1 }],
    [{ properties: { toString: { type: 'null' } }, required: [] }, {}],
    [{ pattern: '^(?=a)b$' }, 'anything: it is not checked'],
    [{ not: { pattern: '(?=a)b' } }, 'anything'],
    [{ patternProperties: { '(?=a)': { type: 'null' } }, additionalProperties: false }, { a: 1 }],
  ];
  for (const [schema, value] of fitting) {
    it(`accepts ${JSON.stringify(value)} by ${JSON.stringify(schema)}`, () => {
      assert.equal(complain(schema, value), undefined);
    });
  }

  const unfitting: [Schema, unknown, RegExp][] = [
    [{ prefixItems: [{ type: 'string' }], items: false }, ['a', 'b'], /^it must NOT have more than 1 items$/],
    [{ $async: true, required: ['a'] }, {}, /^it must have required property 'a'$/],
    [{ properties: { a: { properties: { b: { type: 'integer' } } } } }, { a: { b: 'x' } }, /^\/a\/b must be integer$/],
    [{ required: ['__proto__'] }, {}, /__proto__/],
    [{ required: ['constructor'] }, {}, /constructor/],
    [{ required: [''] }, {}, /required property ''/],
    [{ dependentRequired: { a: ['toString'] } }, { a: 1 }, /toString/],
    [{ pattern: '^\\p{digit}+$' }, '-%#', /must match pattern/],
    [{ multipleOf: 0.1 }, 0.35, /must be multiple of 0.1/],
    [{ multipleOf: 0.0001 }, 0.00751, /must be multiple/],
    [{ multipleOf: 0.123456789 }, 1e308, /must be multiple/],
    [{ const: [null] }, parse('[1e999]'), /equal to constant/],
    [narrowed, ['a', 1], /must match a schema in anyOf/],
    [strictTree, { children: [{ daat: 1 }] }, /^\/children\/0 must NOT have unevaluated properties$/],
    [parse('{"properties":{"__proto__":{"type":"string"}}}'), parse('{"__proto__":1}'), /^\/__proto__ must be string$/],
    [{ anyOf: [{ type: 'string' }, { type: 'null' }] }, 1, /must be string; .*must match a schema in anyOf/],
    [{ items: { pattern: '^(a+)+$' } }, [`${'a'.repeat(40)}!`], /\/0 must match pattern/],
    [{ patternProperties: { '^(a+)+$': false } }, { aaa: 1 }, /boolean schema is false/],
    [{ propertyNames: { pattern: '^b' } }, { a: 1 }, /property name must be valid/],
    [{ uniqueItems: true }, [{ a: 1, b: 2 }, parse('{"b":2,"a":1}')], /duplicate/],
  ];
  for (const [schema, value, complaint] of unfitting) {
    it(`refuses ${JSON.stringify(value)} by ${JSON.stringify(schema)}`, () => {
      assert.match(complain(schema, value) ?? '', complaint);
    });
  }

  const draft4 = 'http://json-schema.org/draft-04/schema#';
  const draft7 = 'http://json-schema.org/draft-07/schema#';
  const range = { type: 'array', items: [{ type: 'integer' }, { type: 'integer' }], additionalItems: false };
  const older: [Schema, { fits: unknown; not: unknown }][] = [
    [
      { $schema: draft7, ...range },
      { fits: [1, 2], not: [1, 'a'] },
    ],
    [range, { fits: [1, 2], not: [1, 2, 3] }],
    [
      { items: [{ $ref: '#/definitions/n' }], definitions: { n: { type: 'null' } } },
      { fits: [null, 1], not: [1] },
    ],
    [{ properties: { a: range } }, { fits: { a: [1] }, not: { a: ['x'] } }],
    [
      { $schema: draft4, minimum: 1, exclusiveMinimum: true },
      { fits: 2, not: 1 },
    ],
    [
      { maximum: 1, exclusiveMaximum: true },
      { fits: 0, not: 1 },
    ],
    [
      { minimum: 1, exclusiveMinimum: false },
      { fits: 1, not: 0 },
    ],
    [
      { $schema: draft4, id: 'http://x/a', items: { $ref: 'b' }, definitions: { b: { id: 'b', type: 'null' } } },
      { fits: [null], not: [1] },
    ],
    [
      { $schema: draft7, items: { $ref: '#/definitions/a', minimum: 5 }, definitions: { a: { type: 'integer' } } },
      { fits: [1], not: ['a'] },
    ],
    [
      { properties: { a: { $recursiveRef: '#' } }, type: 'object' },
      { fits: { a: {} }, not: { a: 1 } },
    ],
    [
      { type: 'object', properties: { a: { type: 'string', required: true } } },
      { fits: {}, not: { a: 1 } },
    ],
    [
      { type: 'string', description: null, minLength: null, pattern: null },
      { fits: '', not: 1 },
    ],
    [
      { enum: ['a'], nullable: true },
      { fits: null, not: 'b' },
    ],
    [
      { $ref: '#/$defs/a', nullable: true, $defs: { a: { type: 'string' } } },
      { fits: null, not: 1 },
    ],
    [
      { type: 'string', pattern: '^https\\:\\/\\/' },
      { fits: 'https://x', not: 'http://x' },
    ],
    [
      { type: 'string', pattern: '^\\d{4}\\-\\d{2}$' },
      { fits: '2026-11', not: '2026' },
    ],
    [
      { type: 'string', pattern: '(?P<year>' },
      { fits: 'x', not: 1 },
    ],
    [
      { type: 'object', patternProperties: { '(': false } },
      { fits: { a: 1 }, not: 1 },
    ],
  ];
  for (const [schema, { fits, not }] of older) {
    it(`reads what older drafts and other dialects write: ${JSON.stringify(schema)}`, () => {
      assert.equal(complain(schema, fits), undefined);
      assert.notEqual(complain(schema, not), undefined);
    });
  }

  it('lists the expressions that it cannot check', () => {
    const schema = { pattern: 'a', items: { pattern: '(a)\\1' }, not: { pattern: '(' } };
    assert.deepEqual(compileSchema(schema).unchecked.toSorted(), ['(', '(a)\\1']);
  });

  it('bounds the length of its complaints, whatever the names in schema and answer', () => {
    const long = 'x'.repeat(1_000_000);
    const schemas = [
      { required: [long] },
      { additionalProperties: { type: 'string' } },
      { anyOf: Array.from({ length: 5000 }, () => ({ type: 'string' })) },
      { enum: Array.from({ length: 5000 }, (_, index) => `${index}`) },
    ];
    for (const schema of schemas) {
      const complaint = complain(schema, { [long.slice(1)]: 1 });
      assert.ok(complaint !== undefined && complaint.length <= 501, `${complaint?.length} characters`);
    }
  });

  it('fails a check that exceeds its budget', () => {
    const $defs: Schema = { d0: true };
    const twice = (level: number) => ({ properties: { a: { $ref: `#/$defs/d${level}` } } });
    for (let level = 1; level <= 24; level++) $defs[`d${level}`] = { allOf: [twice(level - 1), twice(level - 1)] };
    const answer = parse(`${'{"a":'.repeat(24)}1${'}'.repeat(24)}`);
    assert.throws(() => complain({ $ref: '#/$defs/d24', $defs }, answer), TooExpensive);
    const list = parse('['.repeat(2000) + ']'.repeat(2000));
    assert.throws(() => complain({ items: { $ref: '#' } }, list), TooExpensive);
  });
});
