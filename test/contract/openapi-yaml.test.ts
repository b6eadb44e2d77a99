import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { parse } from 'yaml';

const text = readFileSync(new URL('../../openapi.yaml', import.meta.url), 'utf8');
const lines = text.split('\n');
const headings = [...text.matchAll(/^ +# ── (.+?) ─+$/gm)].map(([, title = '']) => title);
const tags = parse(text).tags.map(({ name }: { name: string }) => name);

describe('the hand-written contract', () => {
  test('has no line over 120 columns', () => {
    assert.deepEqual(
      lines.flatMap((line, index) => (line.length > 120 ? [index + 1] : [])),
      [],
    );
  });

  test('groups its paths by tag, in the order of the tags', () => {
    assert.deepEqual(headings.slice(0, tags.length), tags);
    let group: string | undefined;
    for (const line of lines) {
      group = / # ── (\w+) ─/.exec(line)?.[1] ?? group;
      const tag = /^ {6}tags: \[(\w+)\]$/.exec(line)?.[1];
      if (tag !== undefined) assert.equal(tag, group);
    }
  });

  test('lists its headings at the top, in order, hosted tools last', () => {
    const contents = lines.slice(0, lines.indexOf('')).flatMap((line) => /^# {7}(\w.*)$/.exec(line)?.[1] ?? []);
    assert.deepEqual(contents, headings.slice(tags.length));
    assert.equal(contents.at(-1), 'Hosted tools');
  });

  test('leaves to "npm run generate" what can be derived', () => {
    assert.doesNotMatch(text, /^ +discriminator:/m);
  });
});
