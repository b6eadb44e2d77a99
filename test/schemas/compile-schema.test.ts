import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { limits } from '../../src/config/limits.ts';
import { ApiError } from '../../src/errors/api-error.ts';
import { compileSchema } from '../../src/schemas/compile-schema.ts';

describe('a client’s schema', () => {
  it('is a check of the draft of 2020-12', () => {
    const validate = compileSchema({ prefixItems: [{ type: 'string' }], items: false });
    assert.equal(validate(['a']), true);
    assert.equal(validate([1]), false);
    assert.equal(validate(['a', 'b']), false);
  });

  it('tells all that is wrong with a value, not only the first', () => {
    const validate = compileSchema({ properties: { a: { type: 'string' }, b: { type: 'string' } } });
    assert.equal(validate({ a: 1, b: 2 }), false);
    assert.equal(validate.errors?.length, 2);
  });

  it('is compiled once for all its turns', () => {
    const schema = () => ({ type: 'object', title: 'the same' });
    assert.equal(compileSchema(schema()), compileSchema(schema()));
  });

  it('is forgotten when many others have come since: memory is finite', () => {
    const first = compileSchema({ title: 'first' });
    for (let index = 0; index < limits.compiledSchemas; index++) compileSchema({ title: `other ${index}` });
    assert.notEqual(compileSchema({ title: 'first' }), first);
  });

  it('is remembered when it was used lately', () => {
    const used = compileSchema({ title: 'used' });
    for (let index = 0; index < limits.compiledSchemas; index++) {
      compileSchema({ title: `another ${index}` });
      compileSchema({ title: 'used' });
    }
    assert.equal(compileSchema({ title: 'used' }), used);
  });

  it('may have the $id of another client’s', () => {
    const $id = 'https://example.org/person';
    assert.equal(compileSchema({ $id, type: 'string' })('a'), true);
    assert.equal(compileSchema({ $id, type: 'number' })('a'), false);
  });

  it('may hold keywords and formats that nobody knows, as clients send them', () => {
    const schema = {
      type: 'string',
      format: 'of-mine',
      'x-hint': 1,
      $schema: 'https://json-schema.org/draft/2020-12/schema',
    };
    assert.equal(compileSchema(schema)('a'), true);
  });

  for (const schema of [{ type: 'strin' }, { $ref: '#/nowhere' }, { pattern: '(' }, { minimum: 'a' }]) {
    it(`is refused with its place when it is none: ${JSON.stringify(schema)}`, () => {
      assert.throws(
        () => compileSchema(schema, 'text.format.schema'),
        (error) =>
          error instanceof ApiError &&
          error.code === 'invalid_value' &&
          error.param === 'text.format.schema' &&
          error.message.startsWith('Invalid JSON Schema: '),
      );
    });
  }

  it('of an older draft is taken as far as it is the same', () => {
    for (const draft of ['http://json-schema.org/draft-07/schema#', 'http://json-schema.org/draft-04/schema#']) {
      assert.equal(compileSchema({ $schema: draft, type: 'string' })('a'), true);
    }
  });
});
