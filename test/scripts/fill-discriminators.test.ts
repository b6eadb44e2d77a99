import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fillDiscriminators } from '../../scripts/fill-discriminators.ts';
import type { Schema } from '../../src/contract/schema.ts';

const reference = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const tagged = (tag: string, literals: Schema): Schema => ({ required: [tag], properties: { [tag]: literals } });

/** Returns the discriminator of a union of the given schemas. */
function discriminatorOf(members: Record<string, Schema>, others: Record<string, Schema> = {}): unknown {
  const union: Schema = { oneOf: Object.keys(members).map(reference) };
  const filled = fillDiscriminators({ components: { schemas: { Union: union, ...members, ...others } } });
  assert.equal(union.discriminator, undefined, 'the document is unchanged');
  return filled.components.schemas['Union']?.discriminator;
}

describe('fillDiscriminators', () => {
  test('maps each literal of a common tag to its member, in their order', () => {
    const members = { B: tagged('type', { const: 'b' }), A: tagged('type', { enum: ['a1', 'a2'] }) };
    assert.deepEqual(discriminatorOf(members), {
      propertyName: 'type',
      mapping: { b: '#/components/schemas/B', a1: '#/components/schemas/A', a2: '#/components/schemas/A' },
    });
  });

  test('reads literals through references', () => {
    const members = { A: tagged('role', { const: 'a' }), B: tagged('role', reference('Role')) };
    assert.deepEqual(discriminatorOf(members, { Role: { enum: ['b'] } }), {
      propertyName: 'role',
      mapping: { a: '#/components/schemas/A', b: '#/components/schemas/B' },
    });
  });

  test('leaves unions alone whose tag is optional, missing or shared', () => {
    const A = tagged('type', { const: 'a' });
    assert.equal(discriminatorOf({ A, B: { properties: { type: { const: 'b' } } } }), undefined);
    assert.equal(discriminatorOf({ A, B: { type: 'string' } }), undefined);
    assert.equal(discriminatorOf({ A, B: tagged('type', { const: 'a' }) }), undefined);
  });

  test('refuses a reference that leads nowhere', () => {
    const schemas = { Union: { oneOf: [reference('A')] } };
    assert.throws(() => fillDiscriminators({ components: { schemas } }), /#\/components\/schemas\/A doesn't exist/);
  });
});
