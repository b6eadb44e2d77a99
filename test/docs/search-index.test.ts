import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, test } from 'node:test';
import { findEntries, type SearchEntry } from '../../scripts/docs/browser/find-entries.ts';
import { loadContract } from '../../src/contract/load-contract.ts';
import { errorTable } from '../../src/errors/error-table.ts';

const readPage = (path: string): Promise<string> =>
  readFile(new URL(`../../generated/docs/${path}`, import.meta.url), 'utf8');
const entries: SearchEntry[] = JSON.parse(await readPage('assets/search-index.json'));
const { document, operations } = loadContract();
const first = (query: string) => findEntries(entries, query)[0];

describe('the search of the docs page', () => {
  test('finds every operation by its id', () => {
    for (const { operationId } of operations) {
      assert.deepEqual([first(operationId)?.kind, first(operationId)?.name], ['operation', operationId]);
    }
  });

  test('finds every error code, with its meaning', () => {
    for (const code of Object.keys(errorTable).filter((name) => name !== 'request_cancelled')) {
      const found = first(code);
      assert.deepEqual([found?.kind, found?.name, found?.href], ['error', code, `guide/errors#${code}`]);
      assert.match(found?.words ?? '', /\w/, code);
    }
  });

  test('finds every event by its wire name, and every schema', () => {
    const schemas = Object.keys(document.components.schemas);
    const hrefs = new Set(entries.map(({ href }) => href));
    for (const name of schemas) assert.ok(hrefs.has(`schemas#${name}`), name);
    const events = entries.filter(({ kind }) => kind === 'event');
    assert.ok(events.length > 50);
    for (const { name } of events) assert.equal(first(name)?.name, name);
    assert.equal(first('response.output_text.delta')?.href, 'schemas#OutputTextDeltaEvent');
  });

  test('finds every field except tags, with its description', () => {
    const fields = new Set(entries.flatMap(({ kind, name }) => (kind === 'field' ? [name] : [])));
    for (const [schema, { properties = {} }] of Object.entries<{ properties?: Record<string, object> }>(
      document.components.schemas,
    )) {
      for (const [name, field] of Object.entries(properties)) {
        assert.ok('const' in field || fields.has(name), `${schema}.${name}`);
      }
    }
    assert.deepEqual(
      entries.filter(({ kind, words }) => kind === 'field' && words === ''),
      [],
    );
  });

  test('finds parameters, settings and sections of guides', () => {
    assert.equal(first('starting_after')?.of, 'getResponse and 1 more');
    assert.equal(first('API_SERVER_PORT')?.href, 'guide/configuration#API_SERVER_PORT');
    assert.equal(first('when it goes wrong midway')?.href, 'guide/streaming#when-it-goes-wrong-midway');
  });

  test('has no broken links', async () => {
    const pages = new Map<string, Promise<string>>();
    for (const { href, name } of entries) {
      const [path = '', id] = href.split('#');
      if (path === './') continue;
      if (!pages.has(path)) pages.set(path, readPage(`${path}.html`));
      const page = await pages.get(path);
      assert.ok(id === undefined || page?.includes(` id="${id}"`), `${name}: ${href}`);
    }
    assert.ok(pages.size > 10);
  });
});

describe('findEntries', () => {
  const entry = (name: string, of = '', words = ''): SearchEntry => ({ kind: 'field', name, of, words, href: '' });
  const names = (list: SearchEntry[], query: string) => findEntries(list, query).map(({ name }) => name);

  test('ranks a whole name before its beginning, its middle, its owner and its description', () => {
    const given = [
      entry('a', '', 'a model'),
      entry('b', 'Model'),
      entry('my_model'),
      entry('model_id'),
      entry('model'),
    ];
    assert.deepEqual(names(given, 'MODEL'), ['model', 'model_id', 'my_model', 'b', 'a']);
  });

  test('requires every word, in any field', () => {
    const given = [entry('id', 'Response', 'Its name.'), entry('id', 'Conversation', 'Its name.')];
    assert.deepEqual(findEntries(given, 'response id'), [given[0]]);
    assert.deepEqual(findEntries(given, 'id nowhere'), []);
  });

  test('finds nothing for an empty query', () => assert.deepEqual(names([entry('a')], '  '), []));
});
