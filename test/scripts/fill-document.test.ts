import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { parse } from 'yaml';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const yaml = read('generated/openapi.yaml');

describe('the published contract', () => {
  test('is the same in YAML and in JSON', () => {
    assert.deepEqual(parse(yaml), JSON.parse(read('generated/openapi.json')));
  });

  test('has the value of every example', () => {
    const examples = Object.entries<object>(parse(yaml).components.examples);
    assert.ok(examples.length > 90);
    assert.deepEqual(
      examples.flatMap(([name, example]) => ('value' in example ? [] : [name])),
      [],
    );
  });

  test('keeps the comments of the hand-written one, except its head, and says that it is generated', () => {
    const comments = (text: string) => text.split('\n').filter((line) => /^ +# /.test(line));
    assert.ok(comments(yaml).length > 30);
    assert.deepEqual(comments(yaml), comments(read('openapi.yaml')));
    assert.match(yaml, /^# The contract of this server, generated from the hand-written openapi\.yaml/);
  });
});
