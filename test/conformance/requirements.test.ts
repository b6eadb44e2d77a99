import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { findCitations } from './find-citations.ts';
import { requirements } from './requirements.ts';

const root = new URL('../', import.meta.url);
/** Not this file: it plants titles for the finder. */
const paths = globSync('**/*.ts', { cwd: root }).filter((path) => !path.endsWith('requirements.test.ts'));
const cited = new Set(paths.flatMap((path) => findCitations(readFileSync(new URL(path, root), 'utf8'))));

/** How many statements the specification has of each kind; titles may also name those that bind clients. */
const totals = { N: 72, L: 18 };

describe('the requirements of Open Responses', () => {
  it('have a test that names them, or a reason why there is none', () => {
    const neglected = requirements.filter(({ id, unverified }) => !cited.has(id) && unverified === undefined);
    assert.deepEqual(
      neglected.map(({ id, asks }) => `${id}: ${asks}`),
      [],
    );
  });

  it('have no reason where there is a test', () => {
    const stale = requirements.filter(({ id, unverified }) => cited.has(id) && unverified !== undefined);
    assert.deepEqual(
      stale.map(({ id }) => id),
      [],
    );
  });

  it('are each here once, under numbers that there are', () => {
    const ids = requirements.map(({ id }) => id);
    assert.deepEqual(ids, [...new Set(ids)]);
    assert.ok(ids.every(isNumber));
  });

  it('are not named by numbers that there are not', () => {
    assert.deepEqual(
      [...cited].filter((id) => !isNumber(id)),
      [],
    );
  });

  it('are found in titles, and nowhere else', () => {
    const source = `
      it('does this (N3, L5)', async () => { assert.ok(true, 'N4'); });
      // it is N6
      test(\`N7: does \${that}\`, run);
      describe(
        "does others (N8)", () => {});
      it('doesn\\'t stop (N9)', run);
    `;
    assert.deepEqual(findCitations(source), ['N3', 'L5', 'N7', 'N8', 'N9']);
  });
});

function isNumber(id: string): boolean {
  const kind = id.startsWith('N') ? 'N' : 'L';
  const number = Number(id.slice(1));
  return number >= 1 && number <= totals[kind];
}
