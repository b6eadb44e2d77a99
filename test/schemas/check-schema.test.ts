import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { limits } from '../../src/config/limits.ts';
import { ApiError } from '../../src/errors/api-error.ts';
import { checkSchema, checkSchemaSize } from '../../src/schemas/check-schema.ts';

type Schema = Record<string, unknown>;

const origin = { param: 'text.format.schema', bytes: limits.schemaBytes };
const check = (schema: Schema) => checkSchema(schema, origin);

function isRefused(message: RegExp): (error: unknown) => boolean {
  return (error) => {
    assert.ok(error instanceof ApiError);
    assert.deepEqual([error.status, error.code, error.param], [400, 'invalid_value', 'text.format.schema']);
    assert.match(error.message, /^Invalid JSON Schema: /);
    assert.match(error.message, message);
    assert.ok(error.message.length < 500);
    return true;
  };
}

/** Returns `levels` definitions that each refer to the next one twice. */
function fanOut(levels: number, keyword = 'allOf'): Schema {
  const $defs: Record<string, unknown> = { d0: { type: 'number' } };
  for (let level = 1; level <= levels; level++) {
    const below = { $ref: `#/$defs/d${level - 1}` };
    $defs[`d${level}`] = { [keyword]: [below, below] };
  }
  return { $ref: `#/$defs/d${levels}`, $defs };
}

/** Returns resources with the same dynamic anchors. */
const dynamicAnchors = (names: number, resources: number): Schema =>
  Object.fromEntries(
    list(resources, (index) => [
      `r${index}`,
      {
        $id: `r${index}`,
        $defs: Object.fromEntries(list(names, (name) => [`n${name}`, { $dynamicAnchor: `n${name}` }])),
      },
    ]),
  );

function nest(levels: number, keyword: string): Schema {
  let schema: Schema = { type: 'string' };
  for (let level = 0; level < levels; level++)
    schema = { [keyword]: keyword === 'properties' ? { a: schema } : schema };
  return schema;
}

const list = <T>(length: number, make: (index: number) => T): T[] => Array.from({ length }, (_, index) => make(index));

describe('a JSON Schema of a client', () => {
  const wrong: [Schema, RegExp][] = [
    [{ type: 'strin' }, /type must be one of array, .* \(at #\/type\)/],
    [{ type: [] }, /type must be/],
    [{ type: ['string', 'string'] }, /type must be/],
    [{ $ref: '#/nowhere' }, /leads to no schema in it: #\/nowhere/],
    [{ pattern: 'a'.repeat(limits.schemaPatternCharacters + 1) }, /pattern must have at most/],
    [{ minimum: 'a' }, /minimum must be a number/],
    [{ exclusiveMinimum: 'yes' }, /exclusiveMinimum must be a number/],
    [{ multipleOf: 0 }, /multipleOf must be a number above 0/],
    [{ minLength: -1 }, /minLength must be a whole number/],
    [{ required: 'a' }, /required must be a list of strings/],
    [{ required: ['a', 'a'] }, /required must be a list of strings without repeats/],
    [{ properties: ['a'] }, /properties must be an object/],
    [
      { properties: { 'a/b': { items: 7 } } },
      /a schema must be an object or a boolean \(at #\/properties\/a~1b\/items\)/,
    ],
    [{ items: [7] }, /a schema must be an object or a boolean/],
    [{ allOf: [] }, /allOf must be a list of at least one schema/],
    [{ enum: [] }, /enum must be a list of at least one value/],
    [{ $defs: { a: { type: 'strin' } } }, /at #\/\$defs\/a\/type/],
    [{ $id: '#a' }, /\$id must be/],
    [{ $anchor: '#' }, /\$anchor must be/],
    [{ dependentRequired: { a: 'b' } }, /dependentRequired must be/],
    [{ uniqueItems: 'yes' }, /uniqueItems must be true or false/],
  ];
  for (const [schema, message] of wrong) {
    it(`is refused with the location of its fault: ${JSON.stringify(schema).slice(0, 60)}`, () => {
      assert.throws(() => check(schema), isRefused(message));
    });
  }

  const endless: [Schema, RegExp][] = [
    [{ $ref: '#' }, /leads back to its own schema/],
    [{ anyOf: [{ $ref: '#' }, { type: 'string' }] }, /leads back to its own schema/],
    [{ $dynamicAnchor: 'node', $dynamicRef: '#node' }, /leads back to its own schema/],
    [{ not: { $ref: '#' } }, /leads back/],
    [{ if: { $ref: '#' } }, /leads back/],
    [{ dependentSchemas: { a: { $ref: '#' } } }, /leads back/],
    [{ $id: 'https://example.org/a', $ref: 'https://example.org/a' }, /leads back/],
    [{ $ref: '#/$defs/a', $defs: { a: { $ref: '#/$defs/b' }, b: { oneOf: [{ $ref: '#/$defs/a' }] } } }, /leads back/],
    [{ properties: { a: { $ref: '#/properties/a' } } }, /leads back/],
    [
      {
        $id: 'https://example.org/a',
        $dynamicAnchor: 'n',
        $ref: 'b',
        $defs: { b: { $id: 'b', $dynamicAnchor: 'n', not: { $dynamicRef: '#n' } } },
      },
      /leads back/,
    ],
    [{ $defs: dynamicAnchors(17, 2) }, /more than 16 dynamic anchors that several schemas have/],
    [{ $defs: dynamicAnchors(1, 17) }, /more than 16 sets of dynamic anchors in scope/],
    [fanOut(25), /against more than 10000 schemas/],
    [fanOut(20, 'anyOf'), /against more than 10000 schemas/],
    [{ properties: { a: { $ref: '#/$defs/d25' } }, $defs: fanOut(25)['$defs'] }, /against more than/],
    [{ allOf: list(10_001, () => true) }, /subschemas/],
    [{ anyOf: list(10_001, () => ({})) }, /subschemas/],
    [{ enum: list(100_000, (index) => index) }, /more than \d+ values/],
    [{ required: list(1_000_000, (index) => `${index}`) }, /more than \d+ values/],
    [{ description: 'x'.repeat(limits.schemaBytes) }, /larger than \d+ bytes/],
    [{ [`${'x'.repeat(limits.schemaBytes)}`]: 1 }, /larger than \d+ bytes/],
    [nest(200, 'properties'), /more than 128 levels/],
    [nest(200, 'items'), /more than 128 levels/],
    [nest(4_000, 'not'), /more than 128 levels/],
    [
      {
        $ref: '#/$defs/d999',
        $defs: Object.fromEntries(
          list(1000, (index) => [`d${index}`, index === 0 ? {} : { $ref: `#/$defs/d${index - 1}` }]),
        ),
      },
      /a chain of its references has more than 200 steps/,
    ],
  ];
  for (const [schema, message] of endless) {
    it(`is refused quickly when its cost is unbounded: ${JSON.stringify(schema).slice(0, 60)}`, () => {
      const started = performance.now();
      assert.throws(() => check(schema), isRefused(message));
      assert.ok(performance.now() - started < 2000);
    });
  }

  const foreign = [
    'https://example.org/schema.json',
    'file:///etc/passwd',
    'other.json',
    '#anchor',
    '#/__proto__',
    '#/constructor/prototype',
    '#/$defs/a/b/../..',
    '#/$defs/%',
    '#/$defs',
    '%',
  ];
  for (const $ref of foreign) {
    it(`is refused when a reference has no target: ${$ref}`, () => {
      const schema = { $ref, $defs: { a: {} } };
      if ($ref === '#/$defs') check(schema);
      else assert.throws(() => check(schema), isRefused(/leads to no schema in it/));
    });
  }

  it('is refused when two of its schemas share a name', () => {
    const $id = 'https://example.org/a';
    assert.throws(() => check({ $defs: { a: { $id }, b: { $id } } }), isRefused(/the same \$id/));
    const twice = (keyword: string) => ({ $defs: { a: { [keyword]: 'x' }, b: { [keyword]: 'x' } } });
    assert.throws(() => check(twice('$anchor')), isRefused(/the same \$anchor/));
    assert.throws(() => check(twice('$dynamicAnchor')), isRefused(/the same \$dynamicAnchor/));
  });

  const sound: Schema[] = [
    {},
    { $async: true, type: 'object' },
    { type: 'object', properties: { next: { $ref: '#' } } },
    { type: 'object', properties: { children: { type: 'array', items: { $ref: '#' } } } },
    { anyOf: [{ type: 'string' }, { items: { $ref: '#' } }] },
    { $dynamicAnchor: 'node', properties: { children: { items: { $dynamicRef: '#node' } } } },
    { $defs: dynamicAnchors(16, 16) },
    { $schema: 'http://json-schema.org/draft-07/schema#', definitions: { a: {} }, $ref: '#/definitions/a' },
    { $schema: 7, 'x-hint': 1, format: 'of-mine', nullable: 'yes', discriminator: {} },
    { $id: 'https://example.org/a', $defs: { b: { $id: 'b.json', $anchor: 'x' } }, $ref: 'b.json#x' },
    { $ref: '#/$defs/a~1b~0c%20d', $defs: { 'a/b~c d': { type: 'string' } } },
    { $ref: '#/components/schemas/A', components: { schemas: { A: { type: 'string' } } } },
    { properties: { a: true, b: false }, additionalProperties: false },
    JSON.parse('{"properties":{"__proto__":{"type":"string"},"constructor":{}},"required":["__proto__"]}'),
    { pattern: '^[\\w-.]+$' },
    { enum: list(5_000, (index) => `value ${index}`) },
    fanOut(10),
  ];
  for (const schema of sound) {
    it(`is accepted: ${JSON.stringify(schema).slice(0, 80)}`, () => check(schema));
  }

  it('costs one walk, whatever its references', () => {
    const properties = Object.fromEntries(
      list(1200, (index) => [`property${index}`, { type: 'object', properties: { a: { $ref: '#/$defs/a' } } }]),
    );
    const started = performance.now();
    check({ properties, $defs: { a: { type: 'string' } } });
    assert.ok(performance.now() - started < 1000);
  });
});

describe('the parameters of a tool', () => {
  it('are bounded only in size', () => {
    checkSchemaSize({ $ref: '#', type: 'strin' }, origin);
    assert.throws(() => checkSchemaSize(nest(200, 'items'), origin), isRefused(/levels/));
    assert.throws(() => checkSchemaSize({ description: 'x'.repeat(limits.schemaBytes) }, origin), isRefused(/bytes/));
  });
});
