import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { OpenApiDocument } from '../../src/contract/document.ts';
import { loadContract } from '../../src/contract/load-contract.ts';
import { prepareDocument } from '../../src/contract/prepare-document.ts';

const document: OpenApiDocument = {
  openapi: '3.1.0',
  info: { title: 't', version: '1' },
  paths: {
    '/things': {
      post: {
        operationId: 'createThing',
        parameters: [{ name: 'limit', in: 'query', schema: { type: 'integer', default: 20 } }],
        requestBody: {
          content: {
            'application/json': {
              schema: { type: 'object', default: {}, properties: { a: { type: 'string', default: 'x' } } },
              example: { default: 1 },
            },
          },
        },
        responses: {
          200: {
            content: {
              'application/json': { schema: { $ref: '#/components/schemas/Thing' }, examples: {} },
              'text/event-stream': { schema: { type: 'string' }, 'x-event-schema': { type: 'number', default: 1 } },
            },
          },
          default: { content: { 'application/json': { schema: { type: 'object', default: {} } } } },
        },
      },
    },
  },
  components: {
    parameters: { Limit: { name: 'limit', in: 'query', schema: { type: 'integer', default: 5 } } },
    responses: { Failed: { content: { 'application/json': { schema: { type: 'string', default: 'no' } } } } },
    schemas: {
      Thing: {
        type: 'object',
        default: {},
        properties: {
          default: { type: 'boolean', default: true },
          discriminator: { type: 'string', default: 'd' },
          examples: { type: 'array', items: { type: 'number', default: 1 }, examples: [[1]] },
          either: {
            oneOf: [{ type: 'string', default: 'a' }, { $ref: '#/components/schemas/Other' }],
            discriminator: { propertyName: 'type', mapping: { other: '#/components/schemas/Other' } },
          },
          any: { anyOf: [{ allOf: [{ type: 'null', default: null }] }] },
          other: { not: { type: 'null', default: null } },
          map: {
            type: 'object',
            additionalProperties: { type: 'number', default: 0 },
            propertyNames: { default: 'k' },
          },
        },
        required: ['default'],
      },
      Other: { type: 'object', properties: { type: { const: 'other' } }, example: { type: 'other' } },
    },
  },
};

describe("the validators' copy", () => {
  const prepared = prepareDocument(document);

  test('lacks defaults, discriminators and examples, and has the schema of the events of a stream', () => {
    assert.deepEqual(prepared, {
      openapi: '3.1.0',
      info: { title: 't', version: '1' },
      paths: {
        '/things': {
          post: {
            operationId: 'createThing',
            parameters: [{ name: 'limit', in: 'query', schema: { type: 'integer' } }],
            requestBody: {
              content: { 'application/json': { schema: { type: 'object', properties: { a: { type: 'string' } } } } },
            },
            responses: {
              200: {
                content: {
                  'application/json': { schema: { $ref: '#/components/schemas/Thing' } },
                  'text/event-stream': { schema: { type: 'number' } },
                },
              },
              default: { content: { 'application/json': { schema: { type: 'object' } } } },
            },
          },
        },
      },
      components: {
        parameters: { Limit: { name: 'limit', in: 'query', schema: { type: 'integer' } } },
        responses: { Failed: { content: { 'application/json': { schema: { type: 'string' } } } } },
        schemas: {
          Thing: {
            type: 'object',
            properties: {
              default: { type: 'boolean' },
              discriminator: { type: 'string' },
              examples: { type: 'array', items: { type: 'number' } },
              either: { oneOf: [{ type: 'string' }, { $ref: '#/components/schemas/Other' }] },
              any: { anyOf: [{ allOf: [{ type: 'null' }] }] },
              other: { not: { type: 'null' } },
              map: { type: 'object', additionalProperties: { type: 'number' }, propertyNames: {} },
            },
            required: ['default'],
          },
          Other: { type: 'object', properties: { type: { const: 'other' } } },
        },
      },
    });
  });

  test('keeps a response named default and a property named default', () => {
    assert.ok(prepared.paths['/things']?.post?.responses['default']);
    assert.deepEqual(prepared.components.schemas['Thing']?.properties?.['default'], { type: 'boolean' });
  });

  test('leaves the original unchanged', () => {
    const before = structuredClone(document);
    prepareDocument(document);
    assert.deepEqual(document, before);
  });
});

describe('the prepared contract', () => {
  const { document: published, prepared } = loadContract();

  /** Returns the paths of a keyword in the document, except where it names a property or a response. */
  function findKeyword(root: object, keyword: string): string[] {
    const found: string[] = [];
    const walk = (value: unknown, path: string, keysAreNames: boolean): void => {
      if (typeof value !== 'object' || value === null) return;
      for (const [key, child] of Object.entries(value)) {
        if (key === keyword && !keysAreNames) found.push(`${path}/${key}`);
        const isData = !keysAreNames && ['const', 'enum', 'example', 'examples'].includes(key);
        if (!isData)
          walk(child, `${path}/${key}`, ['properties', 'responses', 'schemas'].includes(key) && !keysAreNames);
      }
    };
    walk(root, '', false);
    return found;
  }

  test('has no default and no discriminator, unlike the published one', () => {
    for (const keyword of ['default', 'discriminator']) {
      assert.ok(findKeyword(published, keyword).length > 10, keyword);
      assert.deepEqual(findKeyword(prepared, keyword), []);
    }
  });

  test('uses no keyword that the walk through schemas would miss', () => {
    for (const keyword of ['if', 'then', 'else', 'prefixItems', 'patternProperties', 'dependentSchemas', '$defs']) {
      assert.deepEqual(findKeyword(published, keyword), [], keyword);
    }
  });
});
