import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'yaml';

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const schema = JSON.parse(read('generated/rules.schema.json'));

test('talaria/rules.schema.json stands alone, and accepts the rules of the documentation', () => {
  const { exports } = JSON.parse(read('package.json'));
  assert.equal(exports['./rules.schema.json'], './generated/rules.schema.json');
  const validate = new Ajv2020({ strictSchema: true, allErrors: true }).compile(schema);
  const examples = [...read('docs/rules.md').matchAll(/^```yaml.*?\n(.*?)\n```$/gms)].map(([, text = '']) =>
    parse(text),
  );
  assert.ok(examples.length >= 8);
  for (const example of examples) assert.ok(validate(example), JSON.stringify(validate.errors));
  assert.ok(!validate({ rules: [{ when: { mesage: 'a' }, reply: { text: 'a' } }] }));
});

interface Field {
  description?: string;
  $ref?: string;
}

test('talaria/rules.schema.json describes every field, for editors', () => {
  const missing: string[] = [];
  for (const [name, { properties = {} }] of Object.entries<{ properties?: Record<string, Field> }>(schema.$defs)) {
    for (const [field, { description, $ref }] of Object.entries(properties)) {
      if (description === undefined && schema.$defs[$ref?.split('/').at(-1) ?? '']?.description === undefined) {
        missing.push(`${name}.${field}`);
      }
    }
  }
  assert.deepEqual(missing, []);
});
