import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, test } from 'node:test';
import { parse } from 'yaml';
import { fillRecordings } from '../../scripts/fill-recordings.ts';
import { recordAll } from '../../scripts/record-examples/record-all.ts';
import type { Recording } from '../../scripts/record-examples/recorder.ts';
import { createStabiliser } from '../../scripts/record-examples/stabilise.ts';
import { checkBody, findOperation } from '../helpers/contract-check.ts';

const readRoot = (path: string): Promise<string> => readFile(new URL(`../../${path}`, import.meta.url), 'utf8');
const kept: Record<string, Recording> = JSON.parse(await readRoot('generated/examples.json'));
const document = parse(await readRoot('openapi.yaml'));
const recordedNames = (): string[] =>
  Object.entries<{ value?: unknown }>(document.components.examples).flatMap(([name, { value }]) =>
    value === undefined ? [name] : [],
  );

describe('the recorded examples', () => {
  test('are up to date: recording again gives the same result', async () => {
    const again = await recordAll();
    assert.deepEqual(Object.keys(again), Object.keys(kept), 'run "npm run record-examples"');
    for (const [name, recording] of Object.entries(again)) assert.deepEqual(recording, kept[name], name);
  });

  test('are valid replies of their operations', () => {
    let checked = 0;
    for (const [name, { request, status, value }] of Object.entries(kept)) {
      if (typeof value === 'string') continue;
      const operation = findOperation(request.method, new URL(request.path, 'http://localhost').pathname);
      assert.ok(operation, name);
      checkBody(operation, status, JSON.stringify(value));
      checked += 1;
    }
    assert.ok(checked > 40);
  });

  test('succeeded, unless they show an error', () => {
    for (const [name, { status }] of Object.entries(kept)) assert.equal(status >= 400, name.startsWith('Error'), name);
  });

  test('contain complete streams of every kind', () => {
    const kinds = ['Text', 'FunctionCall', 'CustomCall', 'Reasoning', 'Refusal', 'Structured', 'Incomplete'];
    const fates = ['Failed', 'Compaction', 'Background', 'Resumed', 'Cancelled'];
    for (const kind of [...kinds, ...fates]) {
      assert.match(String(kept[`ResponseStream${kind}`]?.value), /^event: [\s\S]+\n\ndata: \[DONE\]\n\n$/, kind);
    }
    const text = String(kept['ResponseStreamText']?.value);
    const resumed = String(kept['ResponseStreamResumed']?.value);
    assert.ok(
      text.endsWith(resumed) && resumed.length < text.length,
      'the resumed stream is the rest of the first one',
    );
  });

  test('are referenced by the contract, each once', () => {
    const names = recordedNames();
    assert.ok(names.length > 60);
    assert.equal(new Set(names).size, names.length);
    for (const name of names) assert.ok(kept[name], name);
  });

  test('include every error: none is written by hand', () => {
    const examples: [string, { value?: unknown }][] = Object.entries(document.components.examples);
    const errors = examples.filter(([name]) => name.startsWith('Error'));
    assert.ok(errors.length > 25);
    for (const [name, { value }] of errors) assert.equal(value, undefined, name);
  });
});

describe('fillRecordings', () => {
  const components = { examples: { One: { summary: 'A' }, Two: { value: 2 } } };
  const recording = { request: { method: 'GET', path: '/' }, status: 200, value: { one: 1 } };

  test('fills examples without a value, and changes neither the others nor the document', () => {
    const filled = fillRecordings({ components }, { One: recording });
    assert.deepEqual(filled.components.examples, { One: { summary: 'A', value: { one: 1 } }, Two: { value: 2 } });
    assert.deepEqual(components.examples.One, { summary: 'A' });
  });

  test('adds the request to a stream', () => {
    const stream = { ...recording, value: 'data: [DONE]\n\n' };
    const { One } = fillRecordings({ components }, { One: stream }).components.examples;
    assert.deepEqual(One, { summary: 'A', value: stream.value, 'x-request': recording.request });
  });

  test('refuses a name that was not recorded', () => {
    assert.throws(() => fillRecordings({ components }, {}), /no recording One\. Run "npm run record-examples"/);
  });
});

describe('the stabiliser', () => {
  const [first, second] = [`resp_${'a'.repeat(32)}`, `resp_${'b'.repeat(32)}`];

  test('replaces equal ids by equal stable ids, and different ids by different ones', () => {
    const stabilise = createStabiliser();
    const made = stabilise('One', `${first} ${second} ${first}`).split(' ');
    assert.equal(made[0], made[2]);
    assert.notEqual(made[0], made[1]);
    assert.match(made[0] ?? '', /^resp_[0-9a-f]{32}$/);
    assert.equal(stabilise('Two', first), made[0], 'a later exchange that refers to it');
    assert.equal(stabilise('Two', made[0] ?? ''), made[0], 'stable ids stay');
  });

  test('does not depend on the original ids or on other recordings', () => {
    const other = createStabiliser();
    other('Zero', second);
    assert.equal(other('One', first), createStabiliser()('One', `resp_${'c'.repeat(32)}`));
  });

  test('keeps the unknown id, and replaces times and sealed content', () => {
    const stabilise = createStabiliser();
    const unknown = `resp_${'0123456789abcdef'.repeat(2)}`;
    assert.equal(stabilise('One', unknown), unknown);
    const at = (created: number) => stabilise('One', `{"created_at":${created},"encrypted_content":"x${created}"}`);
    assert.equal(at(1_700_000_001), at(1_700_000_002));
  });
});
