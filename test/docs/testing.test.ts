import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, test } from 'node:test';
import { loadContract } from '../../src/contract/load-contract.ts';
import { startTalaria } from '../../src/testing/index.ts';
import { readFences } from './fences.ts';

const root = new URL('../../', import.meta.url);
const read = (path: string) => readFile(new URL(path, root), 'utf8');

/** Returns the first cells of all table rows, each with its names in backticks. */
const readRows = (markdown: string): string[] =>
  [...markdown.matchAll(/^\| (`[^|]+) \|/gm)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`([\w.]+)[^`]*`/g)].map(([, name = '']) => name),
  );

describe('docs/testing.md', () => {
  test('names every field of a match', async () => {
    const { schemas } = loadContract().document.components as unknown as {
      schemas: Record<string, { properties: object }>;
    };
    const named = readRows(await read('docs/testing.md'));
    const fields = Object.keys(schemas['JournalMatch']?.properties ?? {});
    assert.ok(fields.length > 10);
    assert.deepEqual(
      fields.filter((field) => !named.includes(field)),
      [],
    );
  });

  test('names every member of a server', async () => {
    await using talaria = await startTalaria();
    const { rules, journal, ...others } = talaria;
    const members = [
      ...Object.keys(others),
      ...Object.keys(rules).map((name) => `rules.${name}`),
      ...Object.keys(journal).map((name) => `journal.${name}`),
    ];
    const named = readRows(await read('docs/testing.md'));
    assert.deepEqual(
      members.filter((member) => !named.includes(member)),
      [],
    );
  });
});

describe('docs/testing-pytest.md', () => {
  for (const file of ['rules.yaml', 'talaria.py', 'conftest.py']) {
    test(`shows ${file} as the example has it`, async () => {
      const shown = readFences(await read('docs/testing-pytest.md')).map(({ text }) => text);
      assert.ok(shown.includes(await read(`examples/support-bot-python/tests/${file}`)));
    });
  }
});
