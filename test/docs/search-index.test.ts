import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { createSearch, type SearchEntry } from '../../scripts/docs/browser/find-entries.ts';
import { synonyms } from '../../scripts/docs/browser/synonyms.ts';
import { loadContract } from '../../src/contract/load-contract.ts';
import { errorTable } from '../../src/errors/error-table.ts';
import { readSitePages } from './site-pages.ts';

const folder = new URL('../../generated/docs/', import.meta.url);
const [file = ''] = globSync('assets/search-index.*.json', { cwd: folder });
const entries: SearchEntry[] = JSON.parse(readFileSync(new URL(file, folder), 'utf8'));
const { document, operations } = loadContract();
const find = createSearch(entries);
const first = (query: string) => find(query)[0];
/** How many results a reader sees without scrolling. */
const visible = 5;
const top = (query: string) =>
  find(query)
    .slice(0, visible)
    .map(({ href }) => href);

describe('the search of the docs', () => {
  test('finds every operation by its ID', () => {
    for (const { operationId } of operations) {
      assert.deepEqual([first(operationId)?.kind, first(operationId)?.href], ['operation', `api/${operationId}`]);
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
    const hrefs = new Set(entries.map(({ href }) => href));
    for (const name of Object.keys(document.components.schemas)) assert.ok(hrefs.has(`schemas/${name}`), name);
    const events = entries.filter(({ kind }) => kind === 'event');
    assert.ok(events.length > 50);
    for (const { name } of events) assert.equal(first(name)?.name, name);
    assert.equal(first('response.output_text.delta')?.href, 'schemas/OutputTextDeltaEvent');
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

  test('finds parameters, fields of requests, settings and sections', () => {
    assert.equal(first('starting_after')?.href, 'api/getResponse#parameters.starting_after');
    assert.equal(first('previous_response_id')?.href, 'api/createResponse#request.previous_response_id');
    assert.equal(first('API_SERVER_PORT')?.href, 'configuration#API_SERVER_PORT');
    assert.equal(first('when it goes wrong midway')?.href, 'guide/streaming#when-it-goes-wrong-midway');
  });

  test('has no broken links', () => {
    const pages = readSitePages();
    const broken = entries.filter(({ href }) => {
      const [path = '', id] = href.split('#');
      const page = pages.get(path);
      return !page || (id !== undefined && !page.ids.has(id));
    });
    assert.deepEqual(broken, []);
    assert.ok(entries.length > 1000);
  });

  const typos: [typed: string, meant: string][] = [
    ['creat response', 'api/createResponse'],
    ['idempotancy', 'guide/idempotency'],
    ['structered outputs', 'guide/structured-outputs'],
    ['webhoks', 'guide/webhooks'],
    ['prevous_response_id', 'api/createResponse#request.previous_response_id'],
    ['STORE_ULR', 'configuration#STORE_URL'],
    ['conversation_lokced', 'guide/errors#conversation_locked'],
  ];
  for (const [typed, meant] of typos) {
    test(`forgives the typing error in "${typed}"`, () => assert.ok(top(typed).includes(meant), top(typed).join(' ')));
  }

  const meanings: [query: string, meant: string][] = [
    ['history', 'guide/state'],
    ['SSE', 'guide/streaming'],
    ['abort', 'api/cancelResponse'],
    ['API key', 'configuration#API_SERVER_KEY'],
    ['auth', 'configuration#API_SERVER_KEY'],
    ['JSON mode', 'guide/structured-outputs'],
    ['callback', 'guide/webhooks'],
    ['retry', 'guide/idempotency'],
    ['429', 'guide/errors#rate_limit_exceeded'],
    ['function calling', 'guide/tools'],
    ['reconnect', 'guide/resuming'],
    ['poll', 'guide/background'],
    ['human in the loop', 'guide/approvals'],
    ['mock', 'offline-agent'],
    ['prometheus', 'monitoring'],
    ['count tokens', 'api/countInputTokens'],
  ];
  for (const [query, meant] of meanings) {
    test(`knows what "${query}" means`, () => assert.ok(top(query).includes(meant), top(query).join(' ')));
  }
});

test('synonyms lead to entries of the search', () => {
  const hrefs = new Set(entries.map(({ href }) => href));
  const missing = synonyms.flatMap(([, addresses]) => addresses.filter((address) => !hrefs.has(address)));
  assert.deepEqual(missing, []);
});

describe('createSearch', () => {
  const entry = (name: string, of = '', words = ''): SearchEntry => ({ kind: 'field', name, of, words, href: '' });
  const names = (list: SearchEntry[], query: string) => createSearch(list)(query).map(({ name }) => name);

  test('ranks a whole name before its beginning, its part and its description', () => {
    const given = [entry('a', '', 'a model'), entry('my_model'), entry('model_id'), entry('model')];
    const found = names(given, 'MODEL');
    assert.equal(found[0], 'model');
    assert.equal(found.at(-1), 'a');
    assert.equal(found.length, 4);
  });

  test('prefers entries with every word, in any field', () => {
    const given = [entry('id', 'Response', 'Its name.'), entry('id', 'Conversation', 'Its name.')];
    assert.deepEqual(createSearch(given)('response id'), [given[0]]);
    assert.equal(createSearch(given)('id nowhere').length, 2, 'any word, if no entry has all');
  });

  test('finds nothing for an empty query', () => assert.deepEqual(names([entry('a')], '  '), []));
});
