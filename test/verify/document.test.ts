import assert from 'node:assert/strict';
import { test } from 'node:test';
import { areas, audits, selectAudits } from '../../src/verify/catalogue.ts';
import { readPage, toPage } from './audit-table.ts';

test('docs/verify.md lists the audits as they are', () => {
  const page = readPage();
  assert.equal(page, toPage(page), 'run: node test/verify/audit-table.ts');
  assert.ok(page.length > 10_000);
});

test('ids are unique, belong to their area, and read as one style', () => {
  assert.equal(new Set(audits.map(({ id }) => id)).size, audits.length);
  for (const { name, audits: own } of areas) {
    for (const { id, title, clause } of own) {
      assert.match(id, /^[a-z-]+\.[a-z-]+$/);
      assert.ok(id.startsWith(`${name}.`), id);
      assert.match(title, /^[a-z]/, id);
      assert.doesNotMatch(title, /\.$/, id);
      assert.ok(clause.length > 5, id);
    }
  }
});

test('--only accepts ids and their prefixes up to a dot', () => {
  const idsOf = (...words: string[]) => selectAudits(words).map(({ id }) => id);
  assert.deepEqual(idsOf('chat.shape'), ['chat.shape']);
  assert.ok(idsOf('chat').every((id) => id.startsWith('chat.')));
  assert.deepEqual(idsOf('chat.'), idsOf('chat'));
  assert.equal(idsOf().length, audits.length);
  assert.deepEqual(idsOf('chat*'), idsOf('chat', 'chat-stream'));
  assert.deepEqual(idsOf('models.*'), idsOf('models'));
  assert.deepEqual(idsOf('*.annotations', 'chains.input-*'), [
    'responses.annotations',
    'chains.input-items',
    'chains.input-pages',
  ]);
  assert.throws(() => idsOf('mo(dels'), { name: 'RangeError' });
  assert.throws(() => idsOf('chat', 'cha'), { name: 'RangeError', message: 'No audit matches "cha".' });
});
