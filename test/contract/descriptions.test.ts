import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { loadContract } from '../../src/contract/load-contract.ts';

type Node = Record<string, unknown>;

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value);
const nodesOf = (value: unknown): [string, Node][] =>
  Object.entries(isNode(value) ? value : {}).flatMap(([name, node]) => (isNode(node) ? [[name, node]] : []));

const document: Node = JSON.parse(loadContract().readJson());
const components = isNode(document['components']) ? document['components'] : {};
const schemas = nodesOf(components['schemas']);

/** Whether it has a description, or refers to exactly one schema that has one. */
function isExplained(node: Node): boolean {
  if (typeof node['description'] === 'string' && node['description'].trim() !== '') return true;
  if (typeof node['$ref'] === 'string') return true;
  const branches = [node['anyOf'], node['oneOf'], node['allOf']].find(Array.isArray)?.filter(isNode) ?? [];
  const others = branches.filter((branch) => branch['type'] !== 'null');
  return others.length === 1 && typeof others[0]?.['$ref'] === 'string';
}

/** Fields without an explanation, within the schemas that a schema writes out itself too. */
function listUnexplained(where: string, schema: Node): string[] {
  const fields = nodesOf(schema['properties']).flatMap(([name, field]) => [
    // A tag's value is its whole meaning.
    ...(isExplained(field) || 'const' in field ? [] : [`${where}.${name}`]),
    ...listUnexplained(`${where}.${name}`, field),
  ]);
  const inner = ['allOf', 'anyOf', 'oneOf'].flatMap((key) => (Array.isArray(schema[key]) ? schema[key] : []));
  const nested = [...inner, schema['items']].filter(isNode);
  return [...fields, ...nested.flatMap((each) => listUnexplained(where, each))];
}

describe('the contract explains', () => {
  test('every schema, events among them', () => {
    const missing = schemas.filter(([, schema]) => !isExplained(schema)).map(([name]) => name);
    assert.ok(schemas.length > 200);
    assert.deepEqual(missing, []);
  });

  test('every field of every schema', () => {
    assert.deepEqual(
      schemas.flatMap(([name, schema]) => listUnexplained(name, schema)),
      [],
    );
  });

  test('every operation, its parameters and its replies', () => {
    const operations = nodesOf(document['paths']).flatMap(([, item]) => nodesOf(item));
    const named = operations.filter(([, operation]) => operation['operationId'] !== undefined);
    assert.ok(named.length > 20);
    for (const [, operation] of named) {
      const id = String(operation['operationId']);
      assert.ok(operation['summary'] && operation['description'], id);
      const parameters = Array.isArray(operation['parameters']) ? operation['parameters'].filter(isNode) : [];
      for (const parameter of parameters) assert.ok(isExplained(parameter), `${id} ${parameter['name']}`);
      for (const [status, reply] of nodesOf(operation['responses'])) assert.ok(isExplained(reply), `${id} ${status}`);
    }
  });

  test('every shared parameter, header and reply', () => {
    for (const part of ['parameters', 'headers', 'responses']) {
      for (const [name, node] of nodesOf(components[part])) assert.ok(isExplained(node), `${part} ${name}`);
    }
  });
});
