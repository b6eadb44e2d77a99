import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { OpenApiDocument } from '../../src/contract/document.ts';
import { loadContract } from '../../src/contract/load-contract.ts';
import { visitSchemas } from '../../src/contract/visit-schemas.ts';

const { document } = loadContract();

/** The components that generators turn into types, all in one namespace. */
const typed = ['schemas', 'parameters', 'headers', 'responses', 'requestBodies', 'securitySchemes'];

describe('generators', () => {
  test('find each name once, whatever the kind and the letter case', () => {
    const kinds = Object.entries(document.components).filter(([kind]) => typed.includes(kind));
    const places = kinds.flatMap(([kind, components]) => Object.keys(components).map((name) => `${kind}/${name}`));
    const byName = Map.groupBy(places, (place) => place.slice(place.indexOf('/') + 1).toLowerCase());
    const clashes = [...byName.values()].filter(({ length }) => length > 1);
    assert.ok(places.length > 500);
    assert.deepEqual(clashes, []);
  });

  test('find no schema with the name of a type that they declare themselves', () => {
    const reserved = ['Response', 'ResponseError', 'ApiResponse', 'RequestOptions', 'Client', 'Configuration'];
    assert.deepEqual(
      reserved.filter((name) => name in document.components.schemas),
      [],
    );
  });

  test('find no value that is always null', () => {
    const members = new Set<unknown>();
    const alone: unknown[] = [];
    visitSchemas(document, (schema) => {
      for (const member of [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])]) members.add(member);
      if (schema.type === 'null' && !members.has(schema)) alone.push(schema);
    });
    assert.ok(members.size > 100);
    assert.deepEqual(alone, []);
  });

  test('find no range of statuses', () => {
    const statuses = operationsOf(document).flatMap(({ responses }) => Object.keys(responses));
    assert.ok(statuses.includes('default'));
    assert.deepEqual(
      statuses.filter((status) => !/^([1-5]\d\d|default)$/.test(status)),
      [],
    );
  });
});

function operationsOf({ paths, webhooks = {} }: OpenApiDocument) {
  const items = Object.values(paths).flatMap((item) => [item.get, item.post, item.delete]);
  return [...items, ...Object.values(webhooks).map(({ post }) => post)].filter((operation) => operation !== undefined);
}
