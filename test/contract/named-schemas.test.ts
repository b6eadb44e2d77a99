import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, test } from 'node:test';
import { parse } from 'yaml';
import { listAnonymousSchemas } from './list-anonymous-schemas.ts';

const document = parse(await readFile(new URL('../../openapi.yaml', import.meta.url), 'utf8'));

/** Schemas without a name, each with its reason. Generators name these after their parent and the field. */
const exceptions: Record<string, string> = {
  'WebSearchTool.type': 'the validator finds the literals of a discriminator only where the tag itself stands',
  'WebSearchPreviewTool.type': 'the validator finds the literals of a discriminator only where the tag itself stands',
  'WebSocketResponseCreate allOf 0': 'the own fields of a schema that extends another',
};

const verbs =
  /^(create|get|list|update|delete|cancel|compact|count|steer|repeat|answer|replace|reset|verify|waitFor)([A-Z][a-z]+)+$/;

describe('the contract, for generators of clients', () => {
  test('names every object, list of values and union', () => {
    assert.deepEqual(listAnonymousSchemas(document).sort(), Object.keys(exceptions).sort());
  });

  test('has names that are words in PascalCase, and no two that differ in case only', () => {
    const names = Object.keys(document.components.schemas);
    assert.deepEqual(
      names.filter((name) => !/^([A-Z][a-z]+)+$/.test(name)),
      [],
    );
    assert.equal(new Set(names.map((name) => name.toLowerCase())).size, names.length);
  });

  test('has an operationId of its own for each operation, a verb and a noun', () => {
    const ids = Object.values<Record<string, { operationId?: string }>>(document.paths)
      .flatMap((path) => Object.values(path))
      .flatMap((operation) => operation.operationId ?? []);
    assert.deepEqual(
      ids.filter((id) => !verbs.test(id)),
      [],
    );
    assert.equal(new Set(ids).size, ids.length);
    assert.ok(ids.length > 20);
  });

  test('has no two values of one list that become the same constant', () => {
    for (const [name, schema] of Object.entries<{ enum?: string[] }>(document.components.schemas)) {
      const constants = (schema.enum ?? []).map((value) => value.toUpperCase().replaceAll(/\W/g, '_'));
      if (!knownTwins.includes(name)) assert.equal(new Set(constants).size, constants.length, name);
    }
  });
});

/** Two spellings of one value, which OpenAI has both. */
const knownTwins = ['PromptCacheRetention'];

describe('the search for schemas without a name', () => {
  const at = (schema: object) => listAnonymousSchemas({ components: { schemas: { Owner: schema } } });

  test('finds objects, lists of values and unions, in fields, entries, members and maps', () => {
    assert.deepEqual(at({ type: 'object', properties: { a: { type: 'object' } } }), ['Owner.a']);
    assert.deepEqual(at({ type: 'array', items: { type: 'string', enum: ['a'] } }), ['Owner[]']);
    assert.deepEqual(at({ anyOf: [{ type: 'string' }, { type: ['object', 'null'] }] }), [
      'Owner anyOf 0',
      'Owner anyOf 1',
    ]);
    assert.deepEqual(at({ additionalProperties: { oneOf: [{ type: 'string' }, { type: 'number' }] } }), [
      'Owner{}',
      'Owner{} oneOf 0',
      'Owner{} oneOf 1',
    ]);
    assert.deepEqual(at({ properties: { a: { items: { allOf: [{ $ref: '#/x' }] } } } }), ['Owner.a[]']);
  });

  test('finds them in parameters, bodies and replies, but not in examples', () => {
    const content = { 'application/json': { schema: { type: 'object' }, example: { schema: { type: 'object' } } } };
    assert.deepEqual(listAnonymousSchemas({ paths: { '/a': { get: { requestBody: { content } } } } }), [
      'paths /a get requestBody content application/json',
    ]);
    assert.deepEqual(listAnonymousSchemas({ components: { parameters: { A: { schema: { enum: ['a'] } } } } }), [
      'components parameters A',
    ]);
  });

  test('takes a reference, a plain value, and either of them or null', () => {
    const plain = [{ $ref: '#/x' }, { type: 'string' }, { type: ['integer', 'null'] }, { const: 'a' }];
    for (const schema of [...plain, { anyOf: [{ $ref: '#/x' }, { type: 'null' }] }]) {
      assert.deepEqual(at({ type: 'object', properties: { a: schema } }), []);
    }
  });
});
