import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadContract } from '../../src/contract/load-contract.ts';
import type { Schema } from '../../src/contract/schema.ts';

const { schemas } = loadContract().document.components;

function resolve(schema: Schema): Schema {
  return schema.$ref === undefined ? schema : resolve(schemas[schema.$ref.split('/').at(-1) ?? ''] ?? assert.fail());
}

const flatten = (schema: Schema): Schema[] => {
  const { anyOf, oneOf, ...target } = resolve(schema);
  return (anyOf ?? oneOf)?.flatMap(flatten) ?? [target];
};

const tagOf = (member: Schema): Schema => resolve(member.properties?.['type'] ?? {});

test('a member for unknown types excludes the types of all other members of its union', () => {
  let unions = 0;
  for (const [name, schema] of Object.entries(schemas)) {
    const members = flatten(schema);
    const taken = members.map((member) => tagOf(member).not?.enum).find((list) => list !== undefined);
    if (!taken || members.length === 1) continue;
    unions += 1;
    const known = members.map(tagOf).flatMap((tag) => (tag.const === undefined ? (tag.enum ?? []) : [tag.const]));
    assert.deepEqual(
      known.filter((type) => !taken.includes(type)),
      [],
      `${name}: add these to the list of the member for unknown types`,
    );
  }
  assert.ok(unions >= 4);
});
